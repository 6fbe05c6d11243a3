"""One intent, one record: a form that is sent twice makes one thing, and shows it twice.

A page or a client gives every intent a token of its own: a hidden field of the form, or the header
Idempotency-Key. The table's primary key does the rest: of many who come at once one makes the thing, and the
others wait for that transaction and get what it made. If it fails, the next one makes it.
"""

import uuid
from dataclasses import dataclass

from django import forms
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from townhall.models import SubmissionToken

HEADER = "Idempotency-Key"
CLAIM = """
INSERT INTO townhall_submissiontoken (token, purpose, by_id, result) VALUES (%s, %s, %s, '')
ON CONFLICT (token) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The key of what was made, and whether it was made now or before."""

    result: str
    is_first: bool


class Refused(Exception):
    """The token can't be used for this; the text is a sentence for people."""


def once(token, purpose, make, *, by=None):
    """The outcome of `make()`, which gives the key of what it made and runs once for a token.

    Everything that `make` does happens in one transaction with the token. `by` is who sends it, None for a
    visitor: what somebody made is shown to nobody else.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CLAIM, [token, purpose, by and by.pk])
            if cursor.rowcount:
                result = make()
                SubmissionToken.objects.filter(token=token).update(result=result)
                return Outcome(result, is_first=True)
    except OperationalError as trouble:
        if getattr(trouble.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
            raise
        raise Refused(_("We zijn nog bezig met wat je stuurde. Wacht even en kijk dan opnieuw.")) from None
    used = SubmissionToken.objects.get(token=token)
    if used.purpose != purpose or used.by_id not in (None, by and by.pk):
        raise Refused(_("Dit formulier is al voor iets anders gebruikt. Open het opnieuw."))
    return Outcome(used.result, is_first=False)


def token_of(request):
    """The token in the header of an API request; every creation asks for one."""
    try:
        return uuid.UUID(request.headers.get(HEADER, ""))
    except ValueError:
        raise exceptions.ValidationError(
            {HEADER: [_("Geef in deze kop een nieuw UUID mee: dan maken we bij een herhaling niets dubbel.")]}
        ) from None


class TokenField(forms.UUIDField):
    """The hidden field; None where it is missing or broken, and then the form is drawn with a fresh one."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, initial=uuid.uuid4)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None

    def bound_data(self, data, initial):
        return data if self.to_python(data) else initial


class SentOnce(forms.Form):
    """A form that makes something; its view hands `cleaned_data["token"]` to `once`."""

    token = TokenField()

    def clean(self):
        cleaned = super().clean()
        if not self.cleaned_data.get("token"):
            raise forms.ValidationError(_("Verstuur het formulier nog een keer."))
        return cleaned
