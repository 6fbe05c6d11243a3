"""A secret in every private field of the town: the table of personal data says which, and who may know it."""

import itertools
import re
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from agreements.models import Attachment, Commitment
from initiatives.models import Update
from tests.house.town import SECRET_ADDRESS
from townhall import privacy
from townhall.models import File

CODES = {  # outsider -> the codes of the table that they may see
    "visitor": {"public"},
    "resident": {"public"},
    "council": {"public"},
    "clerk": privacy.INCLUDED["clerk"],
    "officer": privacy.INCLUDED["officer"],
    "manager": privacy.INCLUDED["employer"],
}
NEVER_THERE = {  # codes are signed, sessions begin later, and a password would change how one signs in
    "account.emailconfirmation",
    "sessions.session",
    "accounts.user.password",
    "desk.intake.titles",  # a word there would be no table; tests/desk/test_intake.py
    "desk.intake.rows",
    "matching.learned",  # weights by stem: a word there would be no weight; tests/matching/test_teaching.py
}
TEXT = (models.CharField, models.TextField)
PLANTED = re.compile(r"zg\d+qx")


@dataclass(frozen=True, slots=True)
class Secret:
    """A word that was planted, where, and the codes of those who may know it."""

    word: str
    place: str
    record: int | str
    seen_by: frozenset[str]

    def is_kept_from(self, actor, user):
        own = self.place.startswith("accounts.user.") and user is not None and self.record == user.pk
        return not own and not self.seen_by & CODES[actor]


def can_hold(field):
    """True for a field in which a word can stand."""
    if isinstance(field, TEXT):
        return not field.choices
    return isinstance(field, ArrayField | models.JSONField | models.BinaryField | models.FileField)


def in_a(field, word, old=None):
    """The word as a value of the field, beside what a dictionary held before."""
    match field:
        case models.EmailField():
            return f"{word}@voorbeeld.example"
        case models.URLField():
            return f"https://{word}.example/"
        case ArrayField():
            return [in_a(field.base_field, word)]
        case models.JSONField() if isinstance(old, dict):
            return old | {"word": word}
        case models.JSONField():
            return [{"code": word, "sentence": word, "words": [word]}]
        case models.BinaryField():
            return word.encode()
    return word


def places():
    """(model, field, row of the table) of every column that can hold a secret and is not for everybody."""
    for name, row in privacy.personal().items():
        model = apps.get_model(row.model)
        fields = {field.name: field for field in model._meta.concrete_fields}
        field = fields.get(name.rpartition(".")[2])
        there = NEVER_THERE.isdisjoint({name, row.model})
        if field and can_hold(field) and there and "public" not in row.seen_by.split():
            yield model, field, row


def is_open(record, field, row):
    """True where this record's field is public by choice of its owner."""
    if row.model == "contacts.accountmanager" and field.name in ("name", "photo"):
        return record.name_is_public
    if isinstance(record, File):
        record = owner_of(record)
    plan = record if row.model == "initiatives.initiative" else getattr(record, "initiative", None)
    itself = getattr(record, "is_public", True)  # of a public plan not everything is
    return "shown" in row.seen_by.split() and itself and plan is not None and plan.is_shown


def owner_of(file):
    """What a file belongs to, by which may be seen what it is called."""
    attached = Attachment.objects.filter(file=file).first() or Update.objects.filter(picture=file).first()
    return attached or Commitment.objects.filter(proof=file).first() or file


def readers(record, row):
    """The codes of those who may know what stands in this row; of residents nobody is the employer."""
    codes = frozenset(row.seen_by.split())
    if row.model == "initiatives.interaction" and record.initiative_id is None:
        codes |= {"officer"}  # about no plan: all officers read along
    return codes if getattr(record, "is_staff_member", True) else codes - {"employer"}


def plant():
    """The secrets, each in its own field of its own record; searchable texts are indexed again."""
    numbers = itertools.count(100)
    planted = []
    for model, field, row in places():
        for record in model.objects.all():
            if is_open(record, field, row):
                continue
            word = f"zg{next(numbers)}qx"  # as PLANTED
            model._base_manager.filter(pk=record.pk).update(
                **{field.name: in_a(field, word, getattr(record, field.name))}
            )
            place = f"{row.model}.{field.name}"
            planted.append(Secret(word, place, record.pk, readers(record, row)))
    for model in apps.get_models():
        if hasattr(model, "search_text"):
            for record in model.objects.all():
                record.save()
    return [*planted, *hidden_names()]


def hidden_names():
    """What names a plan that is not public."""
    plan = frozenset({"initiator", "contact", "officer", "manager"})
    owner = frozenset({"initiator"})
    return [
        Secret("IW-2026-0002", "the name of a plan that is not public", 0, plan),
        Secret("IW-2026-0003", "the name of a plan that waits for release", 0, plan),
        Secret("zwemsteiger", "the text of a plan that waits for release", 0, plan),
        Secret(str(SECRET_ADDRESS), "initiatives.initiative.public_id", 0, owner),
    ]


def leaks(answers, secrets, actor, user):
    """[(address, method, place), …]: the secrets that an actor got to see and may not know.

    answers: {(address, method): Answer}. What somebody typed may come back to them, so a secret that stands
    in the address or in what was sent is no leak there.
    """
    kept = [secret for secret in secrets if secret.is_kept_from(actor, user)]
    planted = {secret.word: secret for secret in kept if PLANTED.fullmatch(secret.word)}
    names = [secret for secret in kept if secret.word not in planted]
    return [
        (address, method, secret.place)
        for (address, method), answer in answers.items()
        for secret in found(answer, planted, names)
        if secret.word not in answer.sent + address
    ]


def found(answer, planted, names):
    """The secrets in an answer: the planted words in one go, and each name by itself."""
    words = sorted(set(PLANTED.findall(answer.all)) & planted.keys())
    return [planted[word] for word in words] + [secret for secret in names if secret.word in answer.all]
