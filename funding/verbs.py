"""What a manager does to ways to pay, on the one writer of townhall/verbs.py."""

from django.db import transaction

from funding.models import FinancingForm, Scheme
from townhall import verbs as town
from townhall.verbs import change

change_form = change_scheme = change


@transaction.atomic
def create_form(*, by, **values):
    """A new way to pay."""
    town.guard(by)
    key = town.next_key(FinancingForm, "F")
    slug = town.free_slug(FinancingForm, values.get("name", ""), key)
    return town.create(FinancingForm(key=key, slug=slug, **values), by=by)


@transaction.atomic
def create_scheme(*, by, districts=(), **values):
    """A new scheme, to apply to from the day it opens."""
    town.guard(by)
    key = town.next_key(Scheme, "R")
    return town.create(Scheme(key=key, **values), by=by, districts=districts)
