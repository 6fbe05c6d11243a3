"""What changed about a thing of a manager, in words: over time, and where two people changed it at once."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts.models import colleague
from townhall import history

VERBS = {  # as history and events say it -> as people do
    "change": lazy("veranderd"),
    "verify": lazy("nagekeken"),
    "publish": lazy("op de site gezet"),
    "end": lazy("beëindigd"),
    "add_word": lazy("zoekwoord toegevoegd"),
    "replace_holder": lazy("iemand anders aangewezen"),
    "become_front_desk": lazy("het loket geworden"),
    "leave_front_desk": lazy("niet meer het loket"),
    "connect": lazy("aan een account gekoppeld"),
    "lose_account": lazy("losgemaakt van een account"),
    "forget": lazy("persoon gewist"),
    "give_role": lazy("andere rol"),
    "restore": lazy("eerste woorden teruggezet"),
    "adopt": lazy("vastgesteld"),
}


def compared(noun, record, form):
    """What is stored now, where it is not what was typed: [(label, words), …]."""
    now = noun.form(instance=record)
    found = []
    for field in now.visible_fields():
        typed_now = form[field.name].data
        if field.field.has_changed(field.initial, typed_now):
            found.append((field.label, in_words(field.field, field.initial)))
    return found


def in_words(field, value):
    """A value of a form field as people read it."""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(one) for one in value or [])
    if isinstance(field, forms.ModelChoiceField):
        found = field.queryset.filter(pk=getattr(value, "pk", value)).first() if value else None
        return str(found or "")
    if isinstance(field, forms.MultipleChoiceField):
        names = dict(field.choices)
        return ", ".join(str(names.get(one, one)) for one in value or [])
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return str(field.widget.format_value(value) or "")


def told(user, noun, record):
    """What changed about a thing, with the words for who and what."""
    if record._state.adding:
        return []
    changes = history.changes(record, noun.parts)
    people = get_user_model().objects.select_related("account_manager")
    people = people.in_bulk({change.by for change in changes} - {None})
    return [
        {
            "change": change,
            "who": who(people.get(change.by), change.by, user),
            "what": VERBS.get(change.verb, _("veranderd")),
        }
        for change in changes
    ]


def who(person, number, user):
    """Who changed something: you, a colleague by their role, or nobody who was signed in."""
    if number is None:
        return _("Een import of het systeem")
    return _("Jij") if person == user else colleague(person)
