"""What officers keep among themselves, and what is somebody else's: planted everywhere, and in no dossier."""

import zipfile

import pytest
from django.apps import apps

from agreements.models import Attachment, Commitment
from desk.dossier import verbs
from desk.dossier.parts import PARTS
from initiatives.models import Initiative, Introduction, Participant, Update
from tests.house import secrets, town
from townhall.models import File, Look

pytestmark = pytest.mark.django_db

FOR_BOTH = {"shown", "initiator"}  # codes of who may see what, in the table of personal data
OF_PEOPLE = {  # kind -> the places by which somebody else can be found
    "own": ("initiatives.participant.",),
    "public": (
        "initiatives.participant.",
        "contacts.accountmanager.",
        "agreements.referral.name",
        "agreements.referral.email",
        "agreements.referral.phone",
    ),
}
HIDDEN = {"agreements.commitment": "is_public", "agreements.commitmenthistory": "pgh_obj__is_public",
          "agreements.shift": "commitment__is_public", "initiatives.update": "is_public"}  # fmt: skip
PATHS = [("initiatives.initiative", "pk"), *((part.model, part.path) for part in PARTS)]


@pytest.fixture(scope="module")
def them(django_db_setup, django_db_blocker):
    """The town; with both plans somebody else takes part and was looked at, and not all is public."""
    with town.standing(django_db_blocker) as them:
        fill(them)
        yield them


def fill(them):
    for plan in Initiative.objects.filter(reference__in=["IW-2026-0001", "IW-2026-0002"]):
        Participant.objects.create(initiative=plan, user=them["resident"], role="follower")
        Update.objects.create(initiative=plan, text="Nog niet", is_public=False, hidden_why="Naam")
        for of in ("initiator", "resident"):
            about = {"subject_kind": "initiative", "subject_key": str(plan.public_id)}
            Look.objects.create(by=them["officer"], of=them[of], reason="Bellen", **about)
        Commitment.objects.filter(initiative=plan, is_public=False).update(text="Iets anders voor ons")
    one, other = Initiative.objects.filter(reference__in=["IW-2026-0001", "IW-2026-0002"]).order_by(
        "reference"
    )
    Introduction.objects.create(initiative=one, other=other, text="Dag!", by=them["initiator"])


@pytest.fixture(scope="module")
def planted(them):
    about = dict(Look.objects.values_list("pk", "subject_key"))
    planted = secrets.plant()
    for number, key in about.items():  # a word there leads to no plan
        Look.objects.filter(pk=number).update(subject_kind="initiative", subject_key=key)
    return planted


def told(plan, kind, by):
    """Everything that can be read in a dossier, names of files too."""
    with verbs.make(plan, by=by, kind=kind, reason="Zaaksysteem") as paper, zipfile.ZipFile(paper) as archive:
        return " ".join([*archive.namelist(), *(archive.read(name).decode() for name in archive.namelist())])


class Judge:
    """Says of each secret whether it may be in this kind of dossier of this plan, for this person."""

    def __init__(self, plan, kind, user):
        self.plan, self.kind, self.user = plan, kind, user
        attached = Attachment.objects.filter(initiative=plan, is_internal=False)
        kept = Commitment.objects.filter(initiative=plan).exclude(proof=None)
        self.files = {one.file_id for one in attached if kind == "own" or one.is_public}
        self.files |= {one.proof_id for one in kept if kind == "own" or one.is_public}

    def may_be_in(self, secret):
        if secret.record == 0:  # what names a plan
            return secret.word == self.plan.reference
        name = secret.place.rpartition(".")[0]
        model = apps.get_model(name)
        if self.kind == "own" and self.is_own(model, secret.record):
            return True
        if model is File:
            return secret.record in self.files
        return bool(
            secret.seen_by & FOR_BOTH
            and not secret.place.startswith(OF_PEOPLE[self.kind])
            and self.is_here(name, model, secret.record)
            and not self.is_hidden(name, model, secret.record)
        )

    def is_own(self, model, number):
        """True of what is about the person whose dossier it is."""
        by = {"User": "pk", "Participant": "user", "Look": "of"}.get(model.__name__)
        return bool(by) and model.objects.filter(pk=number).filter(**{by: self.user.pk}).exists()

    def is_here(self, name, model, number):
        """True unless it belongs to other plans."""
        paths = [path for part, path in PATHS if part == name]
        found = model._base_manager.filter(pk=number)
        return not paths or any(found.filter(**{path: self.plan.pk}).exists() for path in paths)

    def is_hidden(self, name, model, number):
        """True of what has its own no, in what is to be public."""
        asks = self.kind == "public" and HIDDEN.get(name)
        return bool(asks) and model._base_manager.filter(pk=number, **{asks: False}).exists()


@pytest.mark.parametrize("reference", ["IW-2026-0001", "IW-2026-0002"])
@pytest.mark.parametrize(("kind", "actor"), [("own", "initiator"), ("public", "manager")])
def test_what_is_inside_or_of_somebody_else_is_in_no_dossier(them, planted, reference, kind, actor):
    plan = Initiative.objects.get(reference=reference)
    judge, said = Judge(plan, kind, them[actor]), told(plan, kind, them[actor])
    found = [secret for secret in planted if secret.word in said]
    assert {secret.place for secret in found if not judge.may_be_in(secret)} == set()
    assert any(secret.place == "initiatives.message.text" for secret in found)


def test_what_is_kept_from_others_was_there_to_be_found(them, planted):
    plan = Initiative.objects.get(reference="IW-2026-0002")
    said = told(plan, "whole", them["manager"])
    found = {secret.place for secret in planted if secret.word in said}
    inside = {"initiatives.interaction.note", "desk.note.text", "townhall.look.reason", "accounts.user.email"}
    assert inside | {"agreements.commitmenthistory.text", "initiatives.participant.phone"} <= found
