"""What managers do with frameworks: a draft, its criteria, and laying down what the council adopted.

Only a draft can be changed; there is one at a time, and it begins as a copy of the newest framework, or as
the standard set (standard.json) where there is none yet.
"""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.assessments.models import AssessmentFramework, Criterion
from townhall import verbs as town

STANDARD = Path(__file__).with_name("standard.json")
COPIED = ("dimension", "name", "question", "counts")
MOST = 15  # criteria of a framework; nobody answers more for every plan


def standard_set():
    """The criteria a municipality begins with: [{dimension, name, question, counts}, …]."""
    return json.loads(STANDARD.read_text("utf-8"))


@transaction.atomic
def create_framework(*, by, title, **values):
    """A new draft with the criteria of the newest framework, or with the standard set."""
    town.guard(by)
    key = town.next_key(AssessmentFramework, "A")
    newest = AssessmentFramework.objects.adopted().order_by("-valid_from").first()
    draft = town.create(AssessmentFramework(key=key, title=title, **values), by=by)
    rows = newest.criteria.values(*COPIED) if newest else standard_set()
    for number, row in enumerate(rows, 1):
        _add(draft, by=by, order=number, **row)
    return draft


def change_framework(framework, *, by, version=None, **values):
    """Other words for a draft."""
    with transaction.atomic():
        _draft(framework, by)
        return town.change(framework, by=by, version=version, **values)


@transaction.atomic
def adopt_framework(framework, *, by, adopted_on, valid_from, url="", version=None):
    """The draft becomes what the council adopted: from now on it never changes.

    It holds from a day to come, so that nothing changes for plans that were sent already; only the first
    framework may have begun.
    """
    stored = _draft(framework, by)
    today, errors = timezone.localdate(), {}
    if adopted_on > today:
        errors["adopted_on"] = _("Deze dag komt nog. Vul in wanneer het besluit is genomen.")
    if valid_from < adopted_on:
        errors["valid_from"] = _("Het kader geldt vanaf de dag van het besluit, of later.")
    elif valid_from <= today and AssessmentFramework.objects.adopted().exists():
        errors["valid_from"] = _("Kies een dag na vandaag. Voor plannen die er al zijn, verandert er niets.")
    if errors:
        raise ValidationError(errors)
    if not stored.criteria.exists():
        raise ValidationError(_("Er staan nog geen criteria in dit kader."))
    days = {"adopted_on": adopted_on, "valid_from": valid_from, "url": url or stored.url}
    return town.change(stored, by=by, version=version, what="adopt", **days)


@transaction.atomic
def create_criterion(*, by, framework, **values):
    """A question more in a draft."""
    town.guard(by)
    _draft(framework, by)
    if framework.criteria.count() >= MOST:
        raise ValidationError(_("Er staan al %(most)s criteria in dit kader.") % {"most": MOST})
    return _add(framework, by=by, **values)


@transaction.atomic
def change_criterion(criterion, *, by, version=None, **values):
    """Other words, or another place, for a question of a draft."""
    _draft(criterion.framework, by)
    return town.change(criterion, by=by, version=version, **values)


@transaction.atomic
def remove_criterion(criterion, *, by, version=None):
    """A question less in a draft; nothing hangs on it yet."""
    _draft(criterion.framework, by)
    stored = town.locked(criterion, version)
    town.note("remove", stored, by)
    stored.delete()


def _add(framework, *, by, **values):
    key = town.next_key(Criterion, "C")
    return town.create(Criterion(key=key, framework=framework, **values), by=by)


def _draft(framework, by):
    """The framework as it is stored, held until the end; refuses one that was adopted."""
    town.guard(by)
    stored = town.locked(framework)
    if stored.is_adopted:
        words = _("De raad heeft dit kader vastgesteld. Het verandert niet meer. Maak een nieuwe versie.")
        raise ValidationError(words, code="conflict")
    return stored
