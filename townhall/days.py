"""Days that people fill in for what is still to come."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from townhall.calendar import feasts, first_working_day, is_working_day


def check_day(field, day, years):
    """Refuses, at the field, a day that has passed, one too far away, and one on which town hall is closed.

    years: how far from today it may be. Raises ValidationError; for a closed day it names a day that can be.
    """
    today = timezone.localdate()
    if day < today:
        raise ValidationError({field: _("Deze dag is al voorbij. Kies een dag die nog komt.")})
    if day > today + timedelta(days=366 * years):
        raise ValidationError({field: _("Kies een dag binnen %(years)s jaar.") % {"years": years}})
    if not is_working_day(day):
        name = feasts(day.year).get(day)
        why = _("een vrije dag (%(name)s)") % {"name": name} if name else _("een %(day)s")
        told = {
            "written": date_format(day, "j F Y"),
            "why": why % {"day": date_format(day, "l")},
            "next": date_format(first_working_day(day), "l j F Y"),
        }
        raise ValidationError({field: _("%(written)s is %(why)s. Kies een werkdag, zoals %(next)s.") % told})
