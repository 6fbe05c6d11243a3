"""A form that was sent to a page: what was typed, what a verb says of it, and how it is sent again.

The other door does the same in rest.py and api_defaults.py.
"""

from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Dit zijn %(show_value)s tekens. Kort het in tot %(limit_value)s.")
"""What a text field of a form says of a text that does not fit."""


def sent(request):
    """What was typed; None while nothing was sent."""
    return request.POST if request.method == "POST" else None


def is_conflict(refused):
    """True where a verb refused because of what happened meanwhile: somebody else was first."""
    return getattr(refused, "code", None) == "conflict"


def put_errors(form, refused, fields=None):
    """The words of a verb at the fields of the form, or above it; gives the status of the page.

    fields: {name in the refusal: field where its words stand}, for names that differ.
    """
    for name, words in getattr(refused, "message_dict", {None: refused.messages}).items():
        field = (fields or {}).get(name, name)
        form.add_error(field if field in form.fields else None, words)
    return 409 if is_conflict(refused) else 400


def put_on(form, version):
    """What was typed is now to be sent on top of what is stored as this version."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = version
