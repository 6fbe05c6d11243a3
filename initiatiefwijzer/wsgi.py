"""The door that gunicorn uses."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

from dutch import synonyms
from matching.meaning import civic

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "initiatiefwijzer.settings")
LETTERS = ("utf-8", "us-ascii", "iso-8859-1")


def in_plain_letters(application):
    """The application, which nobody can make read in letters that are none.

    Django decodes also the address by the charset that was named, before any middleware: `rot13` is a fault.
    """

    def answer(environ, start_response):
        environ["CONTENT_TYPE"] = in_our_letters(environ.get("CONTENT_TYPE", ""))
        return application(environ, start_response)

    return answer


def in_our_letters(said):
    """The Content-Type; without what comes after the type where that names letters that are none."""
    try:
        kind, more = parse_header_parameters(said)
    except ValueError:
        return ""
    return said if more.get("charset", "utf-8").lower() in LETTERS else kind


application = in_plain_letters(get_wsgi_application())
for read in (civic, synonyms.exact, lambda: get_resolver().url_patterns):
    read()  # once, before there are workers: they share it, and a broken thesaurus stops the start
