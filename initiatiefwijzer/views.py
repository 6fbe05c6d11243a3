"""The shell's own pages: home, portraits, components, health, and what went wrong."""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.handback import hand_back, is_from_here, was_handed_back
from contacts.models import AccountManager, PortfolioHolder
from initiatiefwijzer import styleguide
from initiatives.models import Initiative
from matching.forms import WegwijzerForm
from townhall import sheets, theme
from townhall.api_defaults import TooLarge, problem_response
from townhall.models import Municipality
from townhall.standing import town_of

NEWEST = 4  # initiatives on the home page


@require_safe
def home(request):
    """One large box: what do you want to do in your neighbourhood? And what others do."""
    plans = Initiative.objects.visible_to(AnonymousUser()).registered().for_cards(request.user)
    newest = plans.order_by("-released_at", "-id")[:NEWEST]
    return render(request, "home.html", {"form": WegwijzerForm(), "initiatives": newest})


@require_safe
def about(request):
    """Whose site this is and what it promises. Like the next two without a twin: words for people."""
    return render(request, "site/about.html")


@require_safe
def privacy(request):
    """What happens to somebody's data: docs/privacy.md in short, for residents."""
    return render(request, "site/privacy.html")


@require_safe
def accessibility(request):
    """For whom the site works, as far as that is known: docs/accessibility.md for residents."""
    return render(request, "site/accessibility.html")


@require_safe
def style(request):
    """Every component with its states."""
    return render(request, "style.html", {"examples": styleguide.examples(request)})


@require_safe
def theme_css(request):
    """The municipality's own colours, after the stylesheet of the site."""
    colours = town_of(request).colours
    response = HttpResponse(theme.stylesheet(colours), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def photo(request, name):
    """A portrait from the import: a drawing with a plain name, of who governs or chose to be seen."""
    path = settings.MEDIA_ROOT / "portraits" / name
    if not re.fullmatch(r"[\w-]{1,80}\.svg", name, re.ASCII) or not is_shown(name) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def is_shown(photo):
    """True when the pages show this portrait; a name that can be guessed may not show more than they do."""
    officials = AccountManager.objects.employed().filter(photo=photo, name_is_public=True)
    return officials.exists() or PortfolioHolder.objects.filter(photo=photo).exists()


@require_safe
def health(request):
    """200 while pages can be served; Redis is no condition: residents do without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "ziek", "database": False}, status=503)
    return JsonResponse({"status": "gezond", "database": True})


INSIDE = ("account_login", "overview:mine", "desk:inbox", "desk:manage")  # of no use to a search engine
SECURITY_TXT_DAYS = 180  # RFC 9116, 2.5.5: less than a year


@require_safe
def robots(request):
    """What search engines may leave out."""
    lines = [f"Disallow: {reverse(name)}" for name in INSIDE] + [f"Disallow: /*{sheets.PARAMETER}="]
    return HttpResponse("\n".join(["User-agent: *", *lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """Where to report a weakness of this installation: RFC 9116, which Dutch governments have to follow."""
    town = Municipality.objects.current()
    if not (town and town.email):
        raise Http404
    lines = [
        f"Contact: mailto:{town.email}",
        f"Expires: {timezone.now() + timedelta(days=SECURITY_TXT_DAYS):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{request.path}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def answer(request, template, code, detail=""):
    """The page for a code, or problem+json below /api/."""
    if request.path.startswith("/api/"):
        return problem_response(request, code, detail)
    return render(request, template, status=code)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return answer(request, "413.html", 413, TooLarge.default_detail)
    return answer(request, "400.html", 400)


def forbidden(request, exception=None):
    return answer(request, "403.html", 403)


def not_found(request, exception=None):
    return answer(request, "404.html", 404)


def server_error(request):
    """Stands on nothing: no database, no context."""
    if request.path.startswith("/api/"):
        return problem_response(request, 500)
    return HttpResponseServerError(render_to_string("500.html"))


def csrf_failure(request, reason=""):
    """A form whose token is gone: whoever typed it here gets it back, to send again; once is enough."""
    if request.method == "POST" and is_from_here(request) and not request.path.startswith("/api/"):
        if was_handed_back(request):
            view, args, kwargs = request.resolver_match
            return view(request, *args, **kwargs)
        return hand_back(request)
    return answer(request, "403_csrf.html", 403)
