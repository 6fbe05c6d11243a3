"""Nothing typed is lost: what cannot be taken now goes back to who sent it, to send again.

What was typed stays in the page and nowhere else: no session, no database and no cache ever holds it, so it
can't turn up with another person.

Who signs in, as the page asks, gets another token against forgery, so the form in that page has an old one.
In its place stands our own mark: for these words, at this address, for an hour, and from this site only.
"""

import hashlib
import json
from datetime import timedelta
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

MARK = "teruggegeven"
HOLDS = timedelta(hours=1)
SIGNER = signing.TimestampSigner(salt="accounts.handback")
OURS = ("csrfmiddlewaretoken", MARK)


def typed(request):
    """What was sent: [(name, value), …], without the token against forgery and our mark."""
    return [(name, value) for name, values in request.POST.lists() if name not in OURS for value in values]


def digest(request):
    """A short name for these words at this address; browsers may write the end of a line in two ways."""
    plain = [(name, "\n".join(value.splitlines())) for name, value in typed(request)]
    told = json.dumps([request.get_full_path(), plain])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def was_handed_back(request):
    """True when somebody who is signed in sends exactly what a page of ours gave back not long ago."""
    try:
        known = SIGNER.unsign(request.POST.get(MARK, ""), max_age=HOLDS)
    except signing.BadSignature:
        return False
    return request.user.is_authenticated and is_from_here(request) and known == digest(request)


def hand_back(request, *, first=None):
    """A page (403) that holds what was typed and sends it once more.

    first: address of what has to be done before that, such as signing in; None when nothing is.
    """
    sent = typed(request)
    told = {
        "typed": [*sent, (MARK, SIGNER.sign(digest(request)))],
        "words": [value for _name, value in sent if " " in value.strip()],
        "first": first,
    }
    response = render(request, "account/hand_back.html", told, status=403)
    add_never_cache_headers(response)
    return response


def is_from_here(request):
    """True when the browser says that a page of ours sent this; another site must not fill in our pages."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def signed_out(request):
    """The page for who was signed out while typing: sign in next to it, and send again."""
    return hand_back(request, first=reverse("account_login"))


def signed_in(view):
    """The view for who is signed in; a visitor signs in first, and keeps what was typed."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return signed_out(request) if request.method == "POST" else redirect_to_login(request.get_full_path())

    return guarded


def sent_from(page, *kept):
    """A decorator: the view for what is sent from a page. Who typed its address, or loads it again after
    signing in anew, comes to that page.

    page: name of its URL; kept: the parts of this address that the page has too.
    """

    def made(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method in ("GET", "HEAD"):
                return redirect(page, *(kwargs[name] for name in kept))
            return require_POST(view)(request, *args, **kwargs)

        return guarded

    return made


def officers_only(view):
    """The view for officers; for all others there is nothing at this address.

    Whoever was signed out while typing gets everything back, to send again after signing in.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if user.is_authenticated and user.is_officer:
            return view(request, *args, **kwargs)
        if request.method == "POST" and not user.is_authenticated:
            return signed_out(request)
        raise Http404

    return guarded
