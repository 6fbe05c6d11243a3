"""Two records of one organisation become one: which look alike, and everything that moves.

The record that goes stays in the table, with its history, and points at the one that stays: old addresses
lead on, and nothing that happened is lost.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, UniqueConstraint
from django.utils.translation import gettext as _

from contacts.models import Apart, Organisation
from townhall import history
from townhall import verbs as town
from townhall.models import Event

MOST = 50  # proposals; who has done these gets the next
ALIKE_FROM = 0.6  # of names, between 0 and 1
SHARED = ("facebook.com", "instagram.com", "linkedin.com", "sites.google.com")  # sites that say nothing
MAIL_FOR_ALL = (
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "icloud.com",
    "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl", "xs4all.nl", "home.nl", "hetnet.nl", "upcmail.nl",
)  # fmt: skip
STAYS, DROPS = "stays", "drops"  # what becomes of rows that do not move
NOT_MOVED = {  # relation -> what becomes of it; every other relation moves to the organisation that stays
    "contacts.organisation_districts.organisation": STAYS,  # a choice in the form
    "contacts.organisationhistory.pgh_obj": STAYS,
    "contacts.organisationhistory.merged_into": STAYS,
    "funding.schemehistory.provider": STAYS,
    "contacts.apart.one": DROPS,
    "contacts.apart.other": DROPS,
}
FIELDS = ("name", "kind", "interests", "offers", "website", "email", "is_open", "is_subsidised")


# Which look alike ---------------------------------------------------------------------------------------
LIMIT = "SELECT set_config('pg_trgm.similarity_threshold', %s, true)"  # the index leaves out the rest
FIND = """
WITH known AS (
    SELECT id, name,
        nullif(regexp_replace(lower(website), '^https?://(www[.])?([^/]*).*$', '\\2'), '') AS site,
        nullif(split_part(lower(email), '@', 2), '') AS domain
    FROM contacts_organisation WHERE merged_into_id IS NULL
), pairs AS (
    SELECT a.id AS one, b.id AS other FROM contacts_organisation a
        JOIN contacts_organisation b ON a.name %% b.name AND a.id < b.id
        WHERE a.merged_into_id IS NULL AND b.merged_into_id IS NULL
    UNION SELECT a.id, b.id FROM known a JOIN known b ON a.site = b.site AND a.id < b.id
        WHERE a.site <> ALL(%(shared)s)
    UNION SELECT a.id, b.id FROM known a JOIN known b ON a.domain = b.domain AND a.id < b.id
        WHERE a.domain <> ALL(%(mail)s)
)
SELECT a.id, b.id, similarity(a.name, b.name) AS alike,
    coalesce(a.site = b.site AND a.site <> ALL(%(shared)s), false),
    coalesce(a.domain = b.domain AND a.domain <> ALL(%(mail)s), false)
FROM pairs JOIN known a ON a.id = pairs.one JOIN known b ON b.id = pairs.other
WHERE NOT EXISTS (SELECT FROM contacts_apart t WHERE t.one_id = pairs.one AND t.other_id = pairs.other)
ORDER BY 3 DESC, 1, 2 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Double:
    """Two organisations that may be one, and why that is thought."""

    one: Organisation
    other: Organisation
    reasons: list[str]


def doubles(most=MOST):
    """The likeliest doubles first; as many queries for a hundred organisations as for three."""
    asked = {"shared": list(SHARED), "mail": list(MAIL_FOR_ALL), "most": most}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LIMIT, [str(ALIKE_FROM)])
        cursor.execute(FIND, asked)
        rows = cursor.fetchall()
    known = Organisation.objects.in_bulk({pk for row in rows for pk in row[:2]})
    return [Double(known[one], known[other], why(*told)) for one, other, *told in rows]


def why(alike, same_site, same_domain):
    """Why two may be one, in words."""
    said = (
        (alike >= ALIKE_FROM, _("De namen lijken op elkaar.")),
        (same_site, _("Ze hebben dezelfde website.")),
        (same_domain, _("Hun e-mailadressen eindigen hetzelfde.")),
    )
    return [words for is_so, words in said if is_so]


@transaction.atomic
def tell_apart(one, other, *, by):
    """They look alike and are two: nobody is asked again. Saying so twice changes nothing."""
    guard(by)
    if one.pk == other.pk:
        raise ValidationError(_("Kies twee verschillende organisaties."))
    one, other = sorted((one, other), key=lambda organisation: organisation.pk)
    _made, is_new = Apart.objects.get_or_create(one=one, other=other, defaults={"by": by})
    if is_new:
        _event("tell_apart", one, by, {"other": other.key})


# One of two ---------------------------------------------------------------------------------------------
def guard(by):
    if not (by.is_authenticated and by.is_officer):
        raise PermissionDenied(_("Dit kan alleen een ambtenaar."))


@transaction.atomic
def merge(winner, loser, *, by, version=None, other_version=None, taken=()):
    """What stays, with everything of both; `loser` points at it from now on.

    version, other_version: of the winner and the loser as they were shown; taken: the names of FIELDS, and
    "where", that come from the loser. Raises ValidationError, with code "conflict" when somebody was first.
    """
    guard(by)
    if winner.pk == loser.pk:
        raise ValidationError(_("Kies twee verschillende organisaties."))
    winner, loser = _locked((winner, version), (loser, other_version))
    values = {name: getattr(loser, name) for name in FIELDS if name in taken}
    if "where" in taken:
        values |= {"works_everywhere": loser.works_everywhere, "districts": list(loser.districts.all())}
    moved = move_all(loser, winner)
    with history.written(by, "merge"):
        merged = {"merged_into": winner, "is_open": False, "version": loser.version + 1}
        Organisation.objects.filter(pk=loser.pk).update(**merged)
    details = {"from": loser.key, "moved": moved}
    return town.change(winner, by=by, owner=by, what="merge", details=details, touch=True, **values)


def _locked(*asked):
    """The two as they are stored now, held until the end; in one order, so that nobody waits in a circle.

    Their keys stay as they are: who only points at one of them is not kept waiting.
    """
    found = Organisation.objects.select_for_update(no_key=True).filter(
        pk__in=[one.pk for one, _version in asked]
    )
    stored = {one.pk: one for one in found.order_by("pk")}
    for shown, version in asked:
        now = stored.get(shown.pk)
        if now is None or now.merged_into_id:
            words = _("Iemand anders was je voor: %(name)s is al samengevoegd.")
            raise ValidationError(words % {"name": shown.name}, code="conflict")
        if version is not None and now.version != version:
            words = _("Iemand anders heeft %(name)s net veranderd. Kijk eerst wat er anders is.")
            raise ValidationError(words % {"name": shown.name}, code="conflict")
    return [stored[one.pk] for one, _version in asked]


# Everything that points at an organisation --------------------------------------------------------------
def relations():
    """Every column of the database that leads to an organisation: {"app.model.field": (model, field name)}.

    Columns of many-to-many tables too; nobody has to add a new one here.
    """
    found = {}
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            field = relation.field
            found[f"{field.model._meta.label_lower}.{field.name}"] = (field.model, field.name)
    return found


def move_all(loser, winner):
    """Whatever points at the one points at the other from now on: {relation: number of rows} that moved."""
    moved = {}
    for name, (model, field) in sorted(relations().items()):
        fate = NOT_MOVED.get(name)
        if fate == STAYS:
            continue
        rows = model._base_manager.filter(**{field: loser})
        if fate == DROPS:
            rows.delete()
        elif number := _move(rows, model, field, winner):
            moved[name] = number
    return moved


def sweep():
    """What was linked to an organisation at the moment it was merged moves too; how many rows that are."""
    merged, moved = Organisation.objects.exclude(merged_into=None).select_related("merged_into"), 0
    for loser in merged.order_by("pk"):
        with suppress(ValidationError), transaction.atomic():  # what cannot move stays for people to see
            moved += sum(move_all(loser, loser.merged_into).values())
    return moved


def _move(rows, model, field, winner):
    """How many rows point at the winner now; what the winner had already is not there twice."""
    for others in _once_with(model, field):
        same = {other: OuterRef(other) for other in others}
        rows.filter(Exists(model._base_manager.filter(**{field: winner}, **same))).delete()
    try:
        with transaction.atomic():
            return rows.update(**{field: winner})
    except IntegrityError:
        raise ValidationError(
            _("De één heeft iets afgesproken met de ander, zoals een toezegging. Kijk dat eerst na.")
        ) from None


def _once_with(model, field):
    """The other columns of every rule that a row with this organisation is there once."""
    rules = [one.fields for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    for fields in (*rules, *model._meta.unique_together):
        if field in fields:
            yield [other for other in fields if other != field]


def _event(what, thing, by, details):
    return Event.objects.create(
        subject_kind="organisation", subject_key=thing.key, what=what, details=details, by=by
    )
