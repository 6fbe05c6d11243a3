"""The manners of the API, named in the settings (NL API Design Rules, RFC 9457).

Apart from rest.py because DRF reads them while its own views are still being imported.
"""

import json
from collections import OrderedDict

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as ModelValidationError
from django.core.paginator import InvalidPage
from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions, parsers, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.utils.json import strict_constant
from rest_framework.utils.urls import remove_query_param, replace_query_param

from townhall.filters import number_in
from townhall.paging import LongPaginator, mark_of, rows_after
from townhall.posting import is_conflict

TITLES = {
    400: _("Er klopt iets niet in je vraag"),
    401: _("Log eerst in"),
    403: _("Dit mag je niet"),
    404: _("Dit bestaat niet"),
    405: _("Dit kan hier niet"),
    406: _("Deze vorm kunnen we niet geven"),
    409: _("Iemand anders was je voor"),
    413: _("Dit is te groot"),
    415: _("Deze vorm kunnen we niet lezen"),
    429: _("Even rustig aan"),
    500: _("Er ging iets mis bij ons"),
}
DETAILS = {
    400: _("We kunnen dit adres niet lezen."),
    404: _("We hebben niets gevonden op dit adres."),
    405: _("Deze methode kan niet op dit adres."),
    406: _("We antwoorden alleen in JSON."),
    415: _("Stuur je vraag als application/json."),
    401: _("Voor dit adres moet je zijn ingelogd."),
    403: _("Je hebt hier geen toestemming voor."),
}
MOST_BYTES = 200_000


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("Stuur minder tekst: hoogstens 200.000 tekens.")


class Conflict(exceptions.APIException):
    """Somebody else was first."""

    status_code = status.HTTP_409_CONFLICT


class JSONParser(parsers.JSONParser):
    """JSON of a reasonable size and depth; the stock parser answers 500 to deep nesting."""

    def parse(self, stream, media_type=None, parser_context=None):
        # Not by the stock parser: that one trusts the charset the sender names, and `rot13` is a 500.
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            data = json.loads(body.decode("utf-8"), parse_constant=strict_constant)
            json.dumps(data, ensure_ascii=False).encode(
                "utf-8"
            )  # half a surrogate pair can't be stored or sent back
        except RecursionError:
            raise exceptions.ParseError(_("Deze JSON is te diep genest.")) from None
        except ValueError:
            raise exceptions.ParseError(_("Dit is geen geldige JSON.")) from None
        return data


class FileParser(parsers.MultiPartParser):
    """A form with a file in it; the stock parser tells in English what it can't read."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except (exceptions.ParseError, SuspiciousOperation):
            raise exceptions.ParseError(_("We kunnen dit formulier niet lezen.")) from None


def refuse_unknown(request, known):
    """An error for every parameter that is not known here: {name: [sentence]}."""
    unknown = [name for name in request.query_params if name not in known]
    return {name: [_("Deze parameter kennen we niet.")] for name in unknown}


class FilterBackend(DjangoFilterBackend):
    """The FilterSet of the page; a parameter it does not know is an error, not silence."""

    ours = {"pagina", "perPagina"}

    def filter_queryset(self, request, queryset, view):
        # One thing is asked for by its key alone.
        filterset = None if view.detail else self.get_filterset(request, queryset, view)
        ours = self.ours | getattr(getattr(view, "paginator", None), "own", set())
        known = set() if view.detail else ours | set(filterset.filters if filterset else ())
        errors = refuse_unknown(request, known)
        if filterset and not filterset.is_valid():
            errors |= filterset.errors
        if errors:
            raise exceptions.ValidationError(errors)
        return filterset.qs if filterset else queryset


class Pagination(PageNumberPagination):
    """Pages of 20, at most 100; a page that isn't there is a 404."""

    page_size = 20
    max_page_size = 100
    page_query_param = "pagina"
    page_size_query_param = "perPagina"
    page_query_description = _("Het nummer van de bladzijde, vanaf 1.")
    page_size_query_description = _("Hoeveel resultaten op een bladzijde, hoogstens 100.")

    def paginate_queryset(self, queryset, request, view=None):
        try:
            return super().paginate_queryset(queryset, request, view)
        except (exceptions.NotFound, InvalidPage):
            raise exceptions.NotFound(_("Deze bladzijde bestaat niet.")) from None

    def get_page_size(self, request):
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return self.page_size
        number = number_in(text)
        if number is None or not 1 <= number <= self.max_page_size:
            raise exceptions.ValidationError({"perPagina": [_("Kies een getal van 1 tot en met 100.")]})
        return number

    def get_paginated_response(self, data):
        return Response(
            OrderedDict(
                aantal=self.page.paginator.count,
                pagina=self.page.number,
                paginas=self.page.paginator.num_pages,
                volgende=self.get_next_link(),
                vorige=self.get_previous_link(),
                resultaten=data,
            )
        )

    def get_paginated_response_schema(self, schema):
        link = {"type": "string", "format": "uri", "nullable": True}
        number = {"type": "integer", "minimum": 0}
        properties = {
            "aantal": number,
            "pagina": number,
            "paginas": number,
            "volgende": link,
            "vorige": link,
            "resultaten": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}


class LongPagination(Pagination):
    """Pages as far as the thousandth row; then what comes after a row (`na`), as fast as the first page.

    For rows that are ordered by a moment, newest first, and then by id; the view names the moment in `by`.
    """

    django_paginator_class = LongPaginator
    after_query_param = "na"
    after_query_description = _("Wat na deze plek in de lijst komt. Neem het adres over uit `volgende`.")
    own = {after_query_param}

    def paginate_queryset(self, queryset, request, view=None):
        self.by, self.after = view.by, request.query_params.get(self.after_query_param)
        if self.after is None:
            return super().paginate_queryset(queryset, request, view)
        if self.page_query_param in request.query_params:
            raise exceptions.ValidationError(
                {"na": [_("Vraag een bladzijde of wat erna komt, niet allebei.")]}
            )
        self.request, size = request, self.get_page_size(request)
        try:
            found = list(rows_after(queryset, self.by, self.after)[: size + 1])
        except ValueError:
            raise exceptions.ValidationError({"na": [_("Deze plek kennen we niet.")]}) from None
        self.rows, self.goes_on = found[:size], len(found) > size
        return self.rows

    def get_next_link(self):
        if self.after is not None:
            return self.link_after(self.rows[-1]) if self.goes_on else None
        if not self.page.has_next() and self.page.paginator.has_more:
            return self.link_after(self.page[-1])
        return super().get_next_link()

    def link_after(self, row):
        here = remove_query_param(self.request.build_absolute_uri(), self.page_query_param)
        return replace_query_param(here, self.after_query_param, mark_of(row, self.by))

    def get_paginated_response(self, data):
        if self.after is None:
            response = super().get_paginated_response(data)
            if self.page.paginator.has_more:
                response.data["aantal"] = None
            return response
        parts = {
            "aantal": None,
            "pagina": None,
            "paginas": None,
            "volgende": self.get_next_link(),
            "vorige": None,
        }
        return Response(parts | {"resultaten": data})

    def get_paginated_response_schema(self, schema):
        shape = super().get_paginated_response_schema(schema)
        told = {
            "aantal": _("null: meer dan 1.000, of gevraagd met `na`."),
            "pagina": _("null: gevraagd met `na`."),
        }
        for name in ("aantal", "pagina", "paginas"):
            words = str(told.get(name, told["pagina"]))
            shape["properties"][name] = shape["properties"][name] | {"nullable": True, "description": words}
        return shape

    def get_schema_operation_parameters(self, view):
        return [
            *super().get_schema_operation_parameters(view),
            {
                "name": self.after_query_param,
                "required": False,
                "in": "query",
                "description": str(self.after_query_description),
                "schema": {"type": "string"},
            },
        ]


def problem(trouble, context):
    """A problem+json answer (RFC 9457) with every error at once; None leaves a real fault to Django."""
    if isinstance(trouble, Http404):
        trouble = exceptions.NotFound(DETAILS[404])
    elif isinstance(trouble, PermissionDenied):
        trouble = exceptions.PermissionDenied(str(trouble) or DETAILS[403])
    elif isinstance(trouble, ModelValidationError) and is_conflict(trouble):
        trouble = Conflict(" ".join(trouble.messages))
    elif isinstance(trouble, ModelValidationError):
        trouble = exceptions.ValidationError(
            trouble.message_dict if hasattr(trouble, "error_dict") else {"": trouble.messages}
        )
    if not isinstance(trouble, exceptions.APIException):
        return None
    if str(trouble.detail).startswith("CSRF Failed"):  # DRF's own words, and only in English
        trouble = exceptions.PermissionDenied(_("Laad de bladzijde opnieuw en probeer het nog eens."))
    body = describe(trouble)
    response = Response(body, status=body["status"], content_type="application/problem+json")
    if isinstance(trouble, exceptions.Throttled):
        response["Retry-After"] = str(int(trouble.wait or 1))
    return response


def describe(trouble):
    """The body of a problem: type, title, status, detail, and invalidParams where fields are wrong."""
    code = trouble.status_code
    body = {"type": "about:blank", "title": str(TITLES.get(code, TITLES[400])), "status": code}
    if isinstance(trouble, exceptions.ValidationError):
        body["detail"] = str(_("Kijk naar de velden die we noemen."))
        body["invalidParams"] = list(flatten(trouble.detail))
    elif isinstance(trouble, exceptions.Throttled):
        body["detail"] = str(_("Je vraagt veel achter elkaar. Probeer het over een minuut nog eens."))
    else:
        body["detail"] = (
            str(DETAILS.get(code) or trouble.detail) if code in (405, 406, 415) else str(trouble.detail)
        )
    return body


def flatten(detail, path=""):
    """Every error as {name, reason}: nested fields are written with dots."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            inside = "" if name == "non_field_errors" else str(name)
            yield from flatten(inner, f"{path}.{inside}".strip("."))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = f"{path}.{number}".strip(".") if isinstance(inner, dict | list) else path
            yield from flatten(inner, nested)
    else:
        yield {"name": path, "reason": str(detail)}


def problem_response(request, code, detail=""):
    """The same manners for what Django itself refuses below /api/."""
    body = {
        "type": "about:blank",
        "title": str(TITLES.get(code, TITLES[400])),
        "status": code,
        "detail": str(detail or DETAILS.get(code, "")),
    }
    return JsonResponse(body, status=code, content_type="application/problem+json")
