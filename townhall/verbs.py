"""What a manager does: the one writer that all their verbs stand on, and the verbs of the town itself.

A verb guards itself, checks the whole thing (constraints too, with a sentence for people), writes it and
leaves an event, in one transaction; the triggers of history.py keep what it was before. It raises
PermissionDenied or ValidationError (code "conflict" when somebody was first). Nothing is ever removed: what
is over gets an end.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, Max
from django.db.models.functions import Cast, Length, Substr
from django.utils.text import slugify
from django.utils.translation import gettext as _

from townhall import history, outbox
from townhall.models import Event

UNSEEN = ["terms", "terms_version"]  # made from other columns when a row is saved


def may_manage(user):
    """True for who keeps goals, people and texts up to date."""
    return user.is_authenticated and user.is_manager


def guard(by, owner=None):
    """Refuses who is no manager, and not the owner (a user) of what may be changed by who it is about."""
    if not may_manage(by) and (owner is None or by != owner):
        raise PermissionDenied(_("Dit kan alleen de beheerder."))


# The one writer ------------------------------------------------------------------------------
@transaction.atomic
def create(thing, *, by, what="create", details=None, owner=None, **links):
    """The new thing, stored; links: what stands on the other side of its many-to-many fields.

    owner: the user who may do this to what is about themselves, though no manager.
    """
    guard(by, owner)
    _store(thing, force_insert=True)
    for name, others in links.items():
        getattr(thing, name).set(others)
    note(what, thing, by, details)
    return thing


@transaction.atomic
def change(thing, *, by, version=None, what="change", details=None, touch=False, owner=None, **values):
    """The thing as it is now stored, with these values; nothing is written when nothing differs.

    version: the one that was shown, None for whoever looked at nothing; touch: something that belongs to the
    thing changed too, so that it counts as changed; owner: as in `create`.
    """
    guard(by, owner)
    stored = locked(thing, version)
    links = _differing_links(stored, values)
    columns = {name: value for name, value in values.items() if name not in _links_of(stored)}
    columns = {name: value for name, value in columns.items() if getattr(stored, name) != value}
    if not columns and not links and not touch:
        return stored
    for name, value in columns.items():
        setattr(stored, name, value)
    stored.version += 1
    with history.written(by, what, links):
        _store(stored, update_fields=[*columns, "version"])
        for name, (_old, new) in links.items():
            getattr(stored, name).set(new)
    note(what, stored, by, {"fields": sorted([*columns, *links])} | (details or {}))
    return stored


def locked(thing, version=None):
    """The thing as it is stored now, held until the end of the transaction."""
    stored = type(thing)._base_manager.select_for_update().filter(pk=thing.pk).first()
    if stored is None:
        raise ValidationError(_("Dit is er niet meer: iemand anders was je voor."), code="conflict")
    if version is not None and stored.version != version:
        raise ValidationError(
            _("Iemand anders heeft dit net veranderd. Kijk eerst wat er anders is."), code="conflict"
        )
    return stored


def _links_of(thing):
    return {field.name for field in thing._meta.many_to_many}


def _differing_links(stored, values):
    """{field: [keys before, keys after]} of the many-to-many fields that would change."""
    found = {}
    for name in _links_of(stored) & set(values):
        old = sorted(getattr(stored, name).values_list("pk", flat=True))
        new = sorted(one.pk for one in values[name])
        if old != new:
            found[name] = [old, new]
    return found


def _store(thing, **options):
    """Checked and saved; what another transaction made impossible meanwhile is told as well."""
    thing.full_clean(exclude=UNSEEN)
    try:
        with transaction.atomic():
            thing.save(**options)
    except IntegrityError:
        raise ValidationError(
            _("Iemand anders was je net voor. Kijk eerst wat er anders is."), code="conflict"
        ) from None


def note(what, thing, by, details=None):
    """What happened, in codes and ids only."""
    return Event.objects.create(
        subject_kind=thing._meta.model_name,
        subject_key=str(getattr(thing, "key", thing.pk)),
        what=what,
        details=details or {},
        by=by,
    )


# Names for what is new ----------------------------------------------------------------------
def next_key(model, letter):
    """The next free key, as long as those there are (G060); call it inside the transaction that uses it.

    A lock that ends with the transaction keeps two things from getting the same one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{model._meta.label} {letter}"])
    known = model._base_manager.filter(key__regex=rf"^{letter}[0-9]{{1,9}}$")
    number = Substr("key", len(letter) + 1)
    told = known.aggregate(last=Max(Cast(number, BigIntegerField())), longest=Max(Length(number)))
    return f"{letter}{(told['last'] or 0) + 1:0{told['longest'] or 2}d}"


def free_slug(model, words, key):
    """A name for in addresses that nothing of this model has; it stays when the words change."""
    longest = model._meta.get_field("slug").max_length - len(key) - 1
    slug = slugify(words)[:longest].strip("-") or slugify(key)
    return f"{slug}-{slugify(key)}" if model._base_manager.filter(slug=slug).exists() else slug


# The verbs of the town itself ----------------------------------------------------------------
def change_municipality(town, *, by, version, **values):
    """Other contact data, colours or service terms."""
    return change(town, by=by, version=version, **values)


def word(text, *, by, version=None, body):
    """The municipality words a sentence of the site itself; a text that was not there yet is made."""
    if text._state.adding:
        text.body = body
        return create(text, by=by)
    return change(text, by=by, version=version, body=body)


@transaction.atomic
def release_parked(*, by):
    """What could not be delivered is tried again; how many messages that are."""
    guard(by)
    number = outbox.release()
    if number:
        Event.objects.create(
            subject_kind="outbox", subject_key="parked", what="release", details={"number": number}, by=by
        )
    return number
