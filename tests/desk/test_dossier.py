"""A dossier: everything about a plan, in one file, for who may have it; and what of it can be public."""

import hashlib
import json
import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.continuity import successions
from agreements.merges import verbs as merges
from agreements.models import Assessment, CoHandler, Commitment
from contacts.models import AccountManager
from desk.dossier import mdto, verbs
from desk.dossier.parts import LEFT_OUT, PARTS
from desk.dossier.reading import BLACK, Reader
from desk.models import Mention, Note
from initiatives import verbs as plans
from initiatives.models import Initiative, Interaction, Message, Participant, Update
from tests import make
from tests.desk.test_api import come_in, problem, send
from tests.house import town
from townhall.models import Event, Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(carla):
    make.municipality()
    return make.manager("Adviseur groen", user=carla, department=make.department("Buitenruimte"))


@pytest.fixture
def plan(amina, carla, contact):
    made = make.initiative("Een bankje", by=amina, contact=contact)
    reach = {"email": "geert@voorbeeld.example", "phone": "06 12345678"}
    Participant.objects.create(initiative=made, name="Geert Bakker", role="volunteer", **reach)
    plans.write(made, by=amina, text="Bel Geert Bakker op 06-12345678, of mail x@y.nl. Op 22-11-2026 kan ik.")
    Interaction.objects.create(
        initiative=made, how="telefoon", note="Geheim overleg", on=make.LONG_AGO, by=carla
    )
    make.attachment(made, by=amina, name="plein.jpg")
    make.attachment(made, by=carla, from_town=True, is_internal=True, name="intern.jpg")
    make.attachment(made, by=amina, public=True, name="open.jpg")
    return made


def opened(paper):
    """The ZIP that a verb or a door gave."""
    if hasattr(paper, "getvalue"):  # of a response; reading it closes the file
        return zipfile.ZipFile(BytesIO(paper.getvalue()))
    with paper:
        return zipfile.ZipFile(BytesIO(paper.read()))


def words(archive):
    page = re.sub(r"<[^>]+>", " ", archive.read("index.html").decode())
    return " ".join(unescape(page).split())


def names(archive):
    return {name for name in archive.namelist() if name.startswith("bijlagen/")}


# What is in it ------------------------------------------------------------------------------------------
def belonging():
    """The models that belong to a plan, through however many others."""
    found, ahead = set(), [Initiative]
    while ahead:
        for relation in ahead.pop()._meta.get_fields(include_hidden=True):
            behind = relation.auto_created and relation.is_relation and relation.related_model
            if behind and not relation.concrete and behind not in found | {Initiative}:
                found.add(behind)
                ahead.append(behind)
    return {model._meta.label_lower for model in found}


def test_every_model_that_belongs_to_a_plan_is_in_a_dossier_or_left_out_on_purpose():
    told = {part.model for part in PARTS}
    assert belonging() == told | set(LEFT_OUT), "A row in desk/dossier/parts.py, or a reason in LEFT_OUT"
    assert not told & set(LEFT_OUT)


def test_a_dossier_of_a_plan_with_everything_is_whole_and_reads_well():
    them = town.build()
    told, said = set(), ""
    for plan in Initiative.objects.filter(reference__in=["IW-2026-0001", "IW-2026-0002"]):
        said += words(opened(verbs.make(plan, by=them["manager"], kind="whole", reason="Zaaksysteem")))
        told |= {one.title for one in Reader(plan, "whole", them["manager"]).sections() if one.rows}
    assert {str(part.title) for part in PARTS} - told == {"Termijnen"}  # no clock runs in that town
    for one in ("Bellen", "Bel eerst de buren.", "Te klein voor ons.", "Maaien", "Samen is beter."):
        assert one in said
    for one in ("Gebeld.", "Er is nieuws.", "Mag het hek weg?", "We planten 40 struiken", "Is dat nodig?"):
        assert one in said
    assert "None" not in said
    assert "@voorbeeld.example" in said


@pytest.mark.parametrize("kind", ["whole", "own"])
def test_it_tells_nobody_who_was_asked_to_take_over(kind, plan, amina, carla):
    message = "Tot zondag bij oma."
    successions.offer(plan, by=amina, email="opvolger@voorbeeld.example", message=message)
    by = amina if kind == "own" else carla
    said = words(opened(verbs.make(plan, by=by, kind=kind, reason="Woo")))
    assert "Gevraagd om het plan over te nemen" in said
    assert "opvolger@" not in said
    assert message not in said


def test_it_can_be_proven_to_be_whole(plan, carla):
    archive = opened(verbs.make(plan, by=carla, kind="whole", reason="Woo"))
    lines = archive.read("manifest-sha256.txt").decode().splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(told) == set(archive.namelist()) - {"manifest-sha256.txt"}
    for name, digest in told.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    assert names(archive) == {"bijlagen/01-plein.jpg", "bijlagen/02-intern.jpg", "bijlagen/03-open.jpg"}


@pytest.mark.parametrize("kind", ["whole", "public", "own"])
def test_the_description_follows_mdto(plan, carla, amina, kind):
    archive = opened(verbs.make(plan, by=amina if kind == "own" else carla, kind=kind, reason="Woo"))
    root = ET.fromstring(archive.read("metadata.xml"))
    space = f"{{{mdto.NAMESPACE}}}"
    assert root.tag == f"{space}MDTO"
    parts = [part.tag.removeprefix(space) for part in root[0]]
    assert parts == sorted(parts, key=mdto.ORDER.index)
    assert set(mdto.NEEDED) <= set(parts)
    assert root.findtext(f".//{space}identificatieKenmerk") == plan.reference
    assert root.findtext(f".//{space}beperkingGebruikNadereBeschrijving") == mdto.LIMITS[kind]
    assert list(json.loads(archive.read("metadata.json"))) == list(dict.fromkeys(parts))


def test_a_text_that_xml_cannot_hold_breaks_nothing(plan, carla):
    Initiative.objects.filter(pk=plan.pk).update(summary="<b>\x0b & 🌳")
    plan.refresh_from_db()
    archive = opened(verbs.make(plan, by=carla, kind="whole", reason="Woo"))
    assert ET.fromstring(archive.read("metadata.xml")) is not None
    assert b"<b>\x0b" not in archive.read("index.html")


# What may be public, and what is the initiator's ----------------------------------------------------------
def test_in_what_can_be_public_nobody_can_be_found(plan, carla):
    Initiative.objects.filter(pk=plan.pk).update(title="Het bankje van Amina")
    plan.refresh_from_db()
    archive = opened(verbs.make(plan, by=carla, kind="public", reason="Woo-verzoek"))
    said = words(archive)
    for private in ("Geert", "Bakker", "Amina", "voorbeeld.example", "12345678", "x@y.nl", "Geheim overleg"):
        assert private not in said, private
        assert private not in archive.read("metadata.xml").decode(), private
    assert f"Bel {BLACK} op {BLACK}, of mail {BLACK}. Op 22-11-2026 kan ik." in said
    assert "Contactmomenten" in said  # named as left out
    assert names(archive) == {"bijlagen/03-open.jpg"}


def test_officials_are_named_in_public_by_function_unless_they_chose_otherwise(plan, carla, contact, mo):
    make.manager("Adviseur spelen", name="Sjaan Molen")
    make.manager("Adviseur water", name="Loes Zee", name_is_public=True, user=mo)
    AccountManager.objects.filter(pk=contact.pk).update(name="Carolien de Wolf")
    text = "Groet, Carolien. En carolien de wolf en Sjaan gaan naar de molen op het grote plein."
    Message.objects.create(initiative=plan, text=text, by=carla, from_town=True)
    Message.objects.create(initiative=plan, text="Het mag.", by=mo, from_town=True)
    Update.objects.create(initiative=plan, text="Peter Post kwam langs.")
    make.user(name="Peter Post", role="officer")
    said = words(opened(verbs.make(plan, by=carla, kind="public", reason="Woo-verzoek")))
    assert f"Groet, {BLACK}. En {BLACK} en {BLACK} gaan naar de molen op het grote plein." in said
    for shown in ("Door Adviseur groen", "Door Loes Zee", f"{BLACK} kwam langs."):
        assert shown in said, shown
    for private in ("Carolien", "Wolf", "Sjaan", "Carla", "Peter", "Post"):
        assert private not in said, private


def test_what_a_hidden_promise_said_before_is_as_hidden(plan, carla, amina):
    for text, is_public in (("Een hek van goud", False), ("Een hek van hout", True)):
        promise = make.commitment(plan, text, is_public=is_public)
        Commitment.objects.filter(pk=promise.pk).update(text="Een heg")
    said = words(opened(verbs.make(plan, by=carla, kind="public", reason="Woo-verzoek")))
    assert "Een hek van hout" in said
    assert "Een hek van goud" not in said
    assert "Een hek van goud" in words(opened(verbs.make(plan, by=amina, kind="own")))


def test_the_initiator_gets_everything_but_what_officers_keep_among_themselves(plan, amina, carla):
    opened(verbs.make(plan, by=carla, kind="whole", reason="Voor het zaaksysteem"))
    CoHandler.objects.create(initiative=plan, manager=plan.contact, task="Stil werk", due_on=make.LONG_AGO)
    archive = opened(verbs.make(plan, by=amina, kind="own"))
    said = words(archive)
    assert "Bel Geert Bakker op 06-12345678" in said
    assert "Voor het zaaksysteem" in said
    for inside in ("Geheim overleg", "intern.jpg", "Stil werk"):
        assert inside not in said
    assert names(archive) == {"bijlagen/01-plein.jpg", "bijlagen/03-open.jpg"}
    assert Look.objects.filter(of=amina).count() == 1


def test_the_initiator_reads_who_looked_at_them_alone_and_by_function(plan, amina, carla, contact):
    contact.name = "Carla Jansen"
    contact.save()
    Participant.objects.create(initiative=plan, user=make.user(), role="co_initiator")
    opened(verbs.make(plan, by=carla, kind="whole", reason="Voor het zaaksysteem"))
    opened(verbs.make(plan, by=carla, kind="public", reason="Woo-verzoek 12"))
    Look.objects.filter(of=amina, reason="Woo-verzoek 12").delete()
    _before, looked = words(opened(verbs.make(plan, by=amina, kind="own"))).rsplit("gegevens Voor ", 1)
    assert looked.count("Voor het zaaksysteem") == 1
    assert "Adviseur groen (Buitenruimte)" in looked
    for private in ("Woo-verzoek 12", "Carla", "Jansen"):
        assert private not in looked


def test_who_came_in_with_another_plan_reads_in_it_what_they_read_on_their_page(plan, amina, bram, mo):
    told = {
        "name": "Amina Bos",
        "email": "a.bos@voorbeeld.example",
        "phone": "0611111111",
        "address": "Dam 1",
    }
    plan.participants.filter(user=amina).update(**told)
    follower = make.user("volger@voorbeeld.example", name="Vera Volger")
    Participant.objects.create(initiative=plan, user=follower, role="follower")
    other = make.initiative("Nog een bankje", by=bram)
    other.participants.update(phone="0622222222")
    merge = merges.propose(other, plan, by=mo, why="Samen is beter.")
    for user in (amina, bram):
        merges.agree(merge, by=user)
    plans.write(plan, by=amina, text="Welkom Bram")
    said = words(opened(verbs.make(plan, by=bram, kind="own")))
    for theirs in ("Welkom Bram", bram.email, "0622222222", BLACK):
        assert theirs in said
    hidden = (
        "Bel Geert",
        "Geert Bakker",
        "geert@",
        follower.email,
        "Vera Volger",
        amina.email,
        *told.values(),
    )
    for private in hidden:
        assert private not in said, private


def test_what_an_initiator_may_not_know_is_not_in_their_dossier(plan, amina, bram, mo):
    make.assessment(plan, make.framework())
    Assessment.objects.update(state="draft", shared_on=None, days=None, react_until=None)
    Mention.objects.create(
        note=Note.objects.create(initiative=plan, text="Onder ons", by=mo), manager=plan.contact
    )
    secret = make.initiative("Het geheime plein", by=bram, public=False)
    merges.propose(plan, secret, by=mo, why="Samen is beter.")
    whole, own = (Reader(plan, kind, amina) for kind in ("whole", "own"))
    rows = {kind.kind: {one.title: one.rows for one in kind.sections()} for kind in (whole, own)}
    assert rows["whole"]["Afweging per vraag"]
    assert not rows["own"]["Afweging"]
    assert not rows["own"]["Afweging per vraag"]
    assert "Het geheime plein" in str(rows["whole"])
    assert "Samen is beter." in str(rows["own"])
    assert "geheime" not in str(rows["own"])
    assert "Onder ons" in str(rows["whole"])
    assert "Onder ons" not in str(rows["own"])
    shared = {"shared_on": make.LONG_AGO, "days": 1, "react_until": make.LONG_AGO}
    Assessment.objects.update(state="shared", **shared)
    assert "Dat staat in het plan." in str([one.rows for one in Reader(plan, "own", amina).sections()])


# Who may ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("amina", {"own"}),
        ("bram", set()),
        ("dirk", set()),
        ("carla", {"whole", "public"}),
        ("mo", {"whole", "public"}),
    ],
)
def test_who_may_have_which(plan, who, kinds, request):
    user = request.getfixturevalue(who)
    assert {kind for kind in verbs.RULES if verbs.may_make(kind, plan, user)} == kinds
    for kind in set(verbs.RULES) - kinds:
        with pytest.raises(PermissionDenied):
            verbs.make(plan, by=user, kind=kind, reason="Zomaar")


def test_an_officer_who_does_not_handle_it_gets_none_and_nobody_their_own(plan, carla, mo):
    other = make.user(role="officer")
    assert not verbs.may_make("whole", plan, other)
    Participant.objects.create(initiative=plan, user=mo, role="co_initiator")
    assert not verbs.may_make("whole", plan, mo)


def test_an_officer_says_why_and_it_is_remembered(plan, carla, amina):
    with pytest.raises(ValidationError):
        verbs.make(plan, by=carla, kind="whole", reason="  ")
    assert not Look.objects.exists()
    opened(verbs.make(plan, by=carla, kind="whole", reason="Woo-verzoek 12"))
    look = Look.objects.get(of=amina)
    assert (look.by, look.reason) == (carla, "Woo-verzoek 12")
    assert Look.objects.filter(of=None).count() == 1  # of who has no account
    assert Event.objects.get(what="dossier").details == {"kind": "whole"}


def test_that_somebody_asked_is_remembered_before_it_is_packed(plan, carla, amina):
    stored = Path(plan.attachments.first().file.stored.path)
    stored.unlink()
    stored.mkdir()  # what a broken disk does: the name is there, and can't be read
    with pytest.raises(IsADirectoryError):
        verbs.make(plan, by=carla, kind="whole", reason="Woo-verzoek 12")
    assert Look.objects.get(of=amina).reason == "Woo-verzoek 12"
    assert Event.objects.filter(what="dossier").count() == 1


def test_what_is_compressed_already_is_stored_as_it_is(plan, carla):
    archive = opened(verbs.make(plan, by=carla, kind="whole", reason="Woo"))
    stored = {one.filename for one in archive.infolist() if one.compress_type == zipfile.ZIP_STORED}
    assert stored == names(archive) != set()
    assert archive.getinfo("index.html").compress_type == zipfile.ZIP_DEFLATED


# The doors ----------------------------------------------------------------------------------------------
def test_the_page_of_an_officer(plan, carla):
    client, address = come_in(carla), f"/werkbank/{plan.reference}/dossier/"
    refused = client.post(address, {"kind": "whole", "reason": ""})
    assert refused.status_code == 400
    assert "Schrijf waarom je dit nodig hebt." in refused.content.decode()
    done = client.post(address, {"kind": "public", "reason": "Woo-verzoek"})
    assert done["Content-Type"] == "application/zip"
    assert done["Content-Disposition"].startswith(f'attachment; filename="dossier-{plan.reference}-')
    assert "index.html" in opened(done).namelist()
    page = client.get(f"/werkbank/{plan.reference}/").content.decode()
    assert address in page


def test_the_page_of_an_initiator(plan, amina, bram):
    address = f"/mijn/{plan.public_id}/dossier/"
    assert "Een bankje" in words(opened(come_in(amina).post(address)))
    assert come_in(bram).post(address).status_code == 404


def test_a_program(plan, carla, amina, bram):
    done = send(come_in(carla), plan, "dossier", soort="alles", reden="Zaaksysteem")
    assert "metadata.xml" in opened(done).namelist()
    assert "index.html" in opened(send(come_in(amina), plan, "dossier", soort="eigen")).namelist()
    assert problem(send(come_in(carla), plan, "dossier", soort="alles")) == (400, {"reden"})
    assert problem(send(come_in(carla), plan, "dossier", soort="niets", foo=1)) == (400, {"soort", "foo"})
    assert problem(send(come_in(amina), plan, "dossier", soort="alles", reden="x"))[0] == 403
    assert problem(send(come_in(bram), plan, "dossier", soort="eigen"))[0] == 403


def test_who_asks_too_often_waits(plan, carla, amina, settings):
    settings.LIMITS = settings.LIMITS | {"dossier": (1, 60)}
    desk, mine = f"/werkbank/{plan.reference}/dossier/", f"/mijn/{plan.public_id}/dossier/"
    asked = {"kind": "public", "reason": "Woo-verzoek"}
    assert come_in(carla).post(desk, {"kind": "public"}).status_code == 400  # typing wrong does not count
    assert opened(come_in(carla).post(desk, asked))
    for page in (come_in(carla).post(desk, asked), come_in(amina).post(mine)):
        assert (page.status_code, int(page["Retry-After"]) > 0) == (429, True)
    assert problem(send(come_in(amina), plan, "dossier", soort="eigen"))[0] == 429
    assert Look.objects.filter(of=amina).count() == 1


# Texts before, and who looked -----------------------------------------------------------------------------
@pytest.fixture
def changed(plan, amina):
    plans.edit(plan, by=amina, version=plan.version, story="Met de buurt maken we een bank van hout.")
    return plan


def test_what_changed_is_read_word_for_word_by_both_sides(changed, amina, carla):
    for user, address, who in (
        (amina, f"/mijn/{changed.public_id}/geschiedenis/", "Jij"),
        (carla, f"/werkbank/{changed.reference}/geschiedenis/", "De initiatiefnemer"),
    ):
        page = come_in(user).get(address).content.decode()
        gone = r'<del class="iw-difference__gone"><span class="iw-hidden">\[weg: </span>willen'
        assert re.search(gone, page)
        assert '<ins class="iw-difference__new">' in page
        assert f": {who}</h2>" in page
        twin = come_in(user).get(f"/api/v1/initiatieven/{changed.reference}/versies").json()
        assert [(one["wie"], one["verschillen"][0]["veld"]) for one in twin] == [(who, "Je verhaal")]
        assert {"wat": "weg", "tekst": "willen"} in twin[0]["verschillen"][0]["verschil"]


def test_nobody_else_reads_what_changed(changed, bram, client):
    other = make.user(role="officer")
    assert come_in(other).get(f"/werkbank/{changed.reference}/geschiedenis/").status_code == 403
    assert come_in(bram).get(f"/mijn/{changed.public_id}/geschiedenis/").status_code == 404
    for reader in (client, come_in(bram), come_in(other)):
        assert reader.get(f"/api/v1/initiatieven/{changed.reference}/versies").status_code == 403


def test_who_looked_is_told_by_function_and_department_never_by_name(plan, amina, carla):
    other = make.user("sjaan@kleindorp.example", name="Sjaan de Vries", role="officer")
    come_in(other).post(f"/werkbank/{plan.reference}/inkijken/", {"reason": "Bellen over de boom"})
    send(come_in(carla), plan, "inkijken")
    page = " ".join(come_in(amina).get(f"/mijn/{plan.public_id}/").content.decode().split())
    assert "Iemand van de gemeente. De reden: Bellen over de boom" in page
    assert "Adviseur groen (Buitenruimte)" in page
    twin = come_in(amina).get(f"/api/v1/mijn-initiatieven/{plan.public_id}/inzages").json()
    assert [(one["wie"], one["reden"]) for one in twin] == [
        ("Adviseur groen (Buitenruimte)", None),
        ("Iemand van de gemeente", "Bellen over de boom"),
    ]
    for private in ("sjaan", "Sjaan", "Carla"):
        assert private not in page
