"""What happens to every request: headers on the way out, NUL bytes refused on the way in."""

from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.template.loader import render_to_string

from townhall.api_defaults import problem_response


def security_headers(get_response):
    """Headers that Django does not set itself (NL API Design Rules: API-Version on every answer)."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/api/"):
            response.headers["API-Version"] = settings.API_VERSION
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def clean_input(get_response):
    """A NUL byte in the address is answered with 400: PostgreSQL can't store one, so nothing can match."""

    def middleware(request):
        raw = request.META.get("QUERY_STRING", "") + request.META.get("PATH_INFO", "")
        if "\x00" in raw or b"\x00" in unquote_to_bytes(raw):
            if request.path.startswith("/api/"):
                return problem_response(request, 400)
            return HttpResponseBadRequest(
                render_to_string("400.html", {"request": request, "base_url": settings.BASE_URL})
            )
        return get_response(request)

    return middleware
