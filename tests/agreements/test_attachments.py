"""Files of a plan: who sees which, who says yes to the site, and what a form or a program may send."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice
from agreements.attachments import models, verbs
from agreements.commitments import verbs as promises
from agreements.models import Attachment, Commitment
from initiatives.models import Initiative, State
from tests import make
from tests.desk.test_api import come_in, problem
from tests.racing import at_once
from townhall import uploads
from townhall.models import Event, File, OutboxMessage

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _town(db):
    make.municipality()


@pytest.fixture
def plan(amina, carla):
    return make.initiative("Het plein", by=amina, contact=make.manager("Adviseur groen", user=carla))


@pytest.fixture
def own(amina):
    return come_in(amina)


@pytest.fixture
def desk(carla):
    return come_in(carla)


def code(client, address):
    """What an address of a file answers; reading it closes the file."""
    response = client.get(address)
    response.getvalue()
    return response.status_code


def mine(plan):
    return f"/mijn/{plan.public_id}/bijlagen/"


def at_desk(plan):
    return f"/werkbank/{plan.reference}/bijlagen/"


def add(client, address, **sent):
    form = client.get(address).context["form"]
    told = {"token": str(form["token"].value()), "upload": make.upload(), "words": "Het plein is kaal"}
    return client.post(address, told | sent)


# The verbs ----------------------------------------------------------------------------------------------
def test_both_sides_add_and_the_other_finds_it_in_the_news_without_a_mail(plan, amina, carla):
    hers = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    ours = verbs.add(plan, by=carla, upload=make.upload(PDF, "plan.pdf"))
    assert (hers.file.from_town, ours.file.from_town) == (False, True)
    assert [(one.user, one.event.details["attachment"]) for one in Notice.objects.order_by("pk")] == [
        (carla, hers.key),
        (amina, ours.key),
    ]
    assert not OutboxMessage.objects.exists()


def test_what_stays_among_officers_is_not_in_the_timeline_that_the_initiator_reads(plan, amina, carla):
    made = verbs.add(plan, by=carla, upload=make.upload(PDF), is_internal=True)
    assert not plan.timeline(amina).exists()
    assert Event.objects.get().subject_kind == "attachment"
    assert not Notice.objects.exists()
    assert not Attachment.objects.visible_to(amina).exists()
    with pytest.raises(PermissionDenied):
        verbs.show(made, by=amina)
    with pytest.raises(ValidationError):
        verbs.show(made, by=carla)


def test_an_officer_does_not_see_what_colleagues_keep_about_their_own_plan(carla, mo):
    own = make.initiative(by=carla)
    verbs.add(own, by=mo, upload=make.upload(PDF), is_internal=True)
    assert not Attachment.objects.visible_to(carla).exists()
    with pytest.raises(ValidationError):
        verbs.add(own, by=carla, upload=make.upload(PDF), is_internal=True)


def test_on_the_site_only_when_both_say_yes(plan, amina, carla, client):
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein", agrees=True)
    assert code(client, made.get_absolute_url()) == 404
    verbs.show(made, by=carla)
    assert code(client, made.get_absolute_url()) == 200
    verbs.hide(made, by=amina)
    assert code(client, made.get_absolute_url()) == 404
    verbs.show(made, by=amina)
    Initiative.objects.filter(pk=plan.pk).update(released_at=None)
    assert code(client, made.get_absolute_url()) == 404


@pytest.mark.parametrize("who", ["bram", "dirk", "carla"])
def test_who_did_not_hand_it_in_does_not_take_it_away(plan, amina, who, request):
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    with pytest.raises(PermissionDenied):
        verbs.remove(made, by=request.getfixturevalue(who))
    assert File.objects.exists()


@pytest.mark.parametrize("who", ["bram", "dirk"])
def test_others_do_nothing(plan, amina, who, request):
    other = request.getfixturevalue(who)
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    for refused in (
        lambda: verbs.add(plan, by=other, upload=make.upload(PDF)),
        lambda: verbs.show(made, by=other),
        lambda: verbs.hide(made, by=other),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_a_removed_file_is_gone_from_the_disk(plan, amina, django_capture_on_commit_callbacks):
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    storage, name = made.file.stored.storage, made.file.stored.name
    with django_capture_on_commit_callbacks(execute=True):
        verbs.remove(made, by=amina)
    assert not storage.exists(name)
    assert not File.objects.exists()


def test_who_comes_second_is_told(plan, amina, carla):
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    verbs.show(made, by=carla, version=1)
    with pytest.raises(ValidationError) as refused:
        verbs.remove(made, by=amina, version=1)
    assert refused.value.code == "conflict"


def test_there_is_an_end_to_it(plan, amina, monkeypatch):
    monkeypatch.setattr(verbs, "MOST", 1)
    verbs.add(plan, by=amina, upload=make.upload(PDF))
    with pytest.raises(ValidationError) as refused:
        verbs.add(plan, by=amina, upload=make.upload(PDF))
    assert list(refused.value.message_dict) == ["upload"]
    monkeypatch.setattr(verbs, "MOST", models.MOST)
    monkeypatch.setattr(verbs, "MOST_TOTAL", 20)
    with pytest.raises(ValidationError), transaction.atomic():
        verbs.add(plan, by=amina, upload=make.upload(PDF))


def test_evidence_counts_with_the_files_of_the_plan(plan, amina, carla, monkeypatch):
    monkeypatch.setattr(verbs, "MOST_TOTAL", 40)
    kept = {"on": make.LONG_AGO, "evidence": "Het is schoon."}
    one, other = (make.commitment(plan, text) for text in ("Schoon", "Heel"))
    promises.keep(one, by=carla, upload=make.upload(PDF), **kept)
    verbs.add(plan, by=amina, upload=make.upload(PDF))
    for refused in (
        lambda: verbs.add(plan, by=amina, upload=make.upload(PDF)),
        lambda: promises.keep(other, by=carla, upload=make.upload(PDF), **kept),
    ):
        with pytest.raises(ValidationError) as told, transaction.atomic():
            refused()
        assert list(told.value.message_dict) == ["upload"]
    other.refresh_from_db()
    assert other.state == "open"


def test_a_file_is_looked_at_before_anything_is_locked(plan, amina, carla):
    promise, broken = make.commitment(plan, "Schoon"), make.drawing()[:200]
    kept = {"on": make.LONG_AGO, "evidence": "Het is schoon."}
    with CaptureQueriesContext(connection) as asked:
        with pytest.raises(ValidationError):
            verbs.add(plan, by=amina, upload=make.upload(broken), words="Het plein")
        with pytest.raises(ValidationError):
            promises.keep(promise, by=carla, upload=make.upload(broken), words="Het plein", **kept)
    assert not [one for one in asked if "FOR NO KEY UPDATE" in one["sql"]]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_get_past_the_end(plan, amina, monkeypatch):
    monkeypatch.setattr(verbs, "MOST", 3)
    losers = []

    def hand_in(which):
        try:
            verbs.add(plan, by=amina, upload=make.upload(PDF, f"{which}.pdf"))
        except ValidationError as refused:
            losers.append(refused.message_dict)

    at_once(12, hand_in)
    assert (Attachment.objects.count(), File.objects.count(), len(losers)) == (3, 3, 9)
    assert all(list(one) == ["upload"] for one in losers)


def test_a_concept_has_no_files(amina):
    concept = make.initiative(by=amina, state=State.DRAFT)
    with pytest.raises(ValidationError):
        verbs.add(concept, by=amina, upload=make.upload(PDF))


def test_the_database_keeps_inside_what_is_inside(plan):
    with pytest.raises(IntegrityError, match="internal_attachment_stays_inside"), transaction.atomic():
        make.attachment(plan, is_internal=True, public=True)


# The pages ----------------------------------------------------------------------------------------------
def test_a_double_click_adds_one(plan, own):
    form = own.get(mine(plan)).context["form"]
    sent = {"token": str(form["token"].value()), "words": "Het plein", "agrees": "on"}
    for _ in range(2):
        assert own.post(mine(plan), sent | {"upload": make.upload()}).url == mine(plan)
    made = Attachment.objects.get()
    assert (made.initiators_agree, made.town_agrees, made.standing) == (True, False, "town")


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"upload": make.upload(b"<svg/>", "a.png")}, "upload", uploads.UNKNOWN),
        ({"upload": make.upload(b"", "a.png")}, "upload", uploads.EMPTY),
        ({"upload": ""}, "upload", "Kies een bestand."),
        ({"words": ""}, "words", uploads.NO_WORDS),
        ({"words": "a\x00b"}, "words", None),
        ({"words": "x" * 301}, "words", "Dit zijn 301 tekens. Kort het in tot 300."),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(plan, own, sent, field, words):
    page = add(own, mine(plan), **sent)
    assert page.status_code == 400
    form = page.context["form"]
    assert field in form.errors
    assert words is None or str(words) in form.errors[field]
    if "words" not in sent:
        assert "Het plein is kaal" in page.content.decode()
    elif sent["words"]:
        assert form.errors["upload"] == [str(uploads.AGAIN)]
    assert not Attachment.objects.exists()


def test_an_officer_keeps_something_inside_and_the_initiator_does_not_find_it(plan, desk, own):
    assert add(desk, at_desk(plan), is_internal="on").status_code == 302
    made = Attachment.objects.get()
    assert made.is_internal
    assert "Alleen voor ambtenaren" in desk.get(at_desk(plan)).content.decode()
    assert made.file.name not in own.get(mine(plan)).content.decode()
    assert code(own, made.get_absolute_url()) == 404
    assert add(desk, at_desk(plan), is_internal="on", agrees="on").status_code == 400


def test_the_acts_of_each_side(plan, own, desk, amina):
    made = verbs.add(plan, by=amina, upload=make.upload(), words="Het plein")
    assert desk.post(f"{at_desk(plan)}{made.key}/tonen/", {"version": "1"}).url == at_desk(plan)
    assert own.post(f"{mine(plan)}{made.key}/tonen/", {"version": "1"}).status_code == 409
    assert own.post(f"{mine(plan)}{made.key}/tonen/", {"version": "2"}).url == mine(plan)
    assert desk.post(f"{at_desk(plan)}{made.key}/weg/", {"version": "3"}).status_code == 404
    assert own.post(f"{mine(plan)}{made.key}/weg/", {"version": "3"}).url == mine(plan)
    assert not Attachment.objects.exists()


def test_the_public_page_shows_it_with_its_words(plan, client, amina):
    made = make.attachment(plan, by=amina, public=True, words="Kinderen bij de <b>boom</b>")
    page = client.get(f"/initiatieven/{plan.reference}/").content.decode()
    assert 'alt="Kinderen bij de &lt;b&gt;boom&lt;/b&gt;"' in page
    assert made.small_url in page


# The API ------------------------------------------------------------------------------------------------
def post(client, plan, key=None, **sent):
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return client.post(f"/api/v1/initiatieven/{plan.reference}/bijlagen", sent, headers=headers)


def test_a_program_adds_reads_shows_and_takes_away(plan, own, desk, client):
    key = str(uuid.uuid4())
    sent = {"beschrijving": "Het plein", "magOpDeSite": "true"}
    made = [post(own, plan, key, bestand=make.upload(), **sent) for _ in range(2)]
    assert [one.status_code for one in made] == [201, 201]
    told = made[0].json()
    assert made[1].json() == told
    assert (told["naam"], told["soort"], told["zichtbaar"]) == (
        "plein.jpg",
        "image/jpeg",
        "wacht-op-gemeente",
    )
    one = f"/api/v1/initiatieven/{plan.reference}/bijlagen/{told['kenmerk']}"
    assert client.get(one).status_code == 404
    said = {"magOpDeSite": True, "versie": 1}
    assert desk.patch(one, said, content_type="application/json").json()["zichtbaar"] == "openbaar"
    again = said | {"magOpDeSite": False}
    assert problem(desk.patch(one, again, content_type="application/json"))[0] == 409
    assert client.get(one).json()["adres"].endswith(f"/{told['kenmerk']}/")
    assert code(client, client.get(one).json()["adres"].partition("testserver")[2]) == 200
    assert problem(desk.delete(one, headers={"If-Match": "2"}))[0] == 403
    assert own.delete(one, headers={"If-Match": "2"}).status_code == 204
    assert own.get(f"/api/v1/initiatieven/{plan.reference}/bijlagen").json() == []


def test_one_account_hands_in_so_many_files_and_others_go_on(plan, own, desk, settings):
    settings.LIMITS = settings.LIMITS | {"upload": (1, 600)}
    promise = make.commitment(plan, participant=plan.initiators().get(), promised_to="municipality")
    broken = make.upload(b"MZ", "a.png")
    assert add(own, mine(plan), upload=broken).status_code == 400  # counts too
    page = add(own, mine(plan))
    assert "Je stuurt veel bestanden" in page.context["form"].errors["upload"][0]
    assert "Het plein is kaal" in page.content.decode()
    page = own.post(f"/toezeggingen/{promise.key}/nakomen/", KEPT | {"upload": make.upload(PDF)})
    assert "Je stuurt veel bestanden" in page.context["act"].form.errors["upload"][0]
    assert problem(post(own, plan, bestand=make.upload(PDF))) == (400, {"bestand"})
    sent = {"versie": "1", "op": "2026-01-02", "bewijs": "Schoon.", "bestand": make.upload(PDF)}
    assert problem(own.post(f"/api/v1/toezeggingen/{promise.key}/nakoming", sent)) == (400, {"bestand"})
    assert not File.objects.exists()
    assert add(desk, at_desk(plan)).status_code == 302


def test_a_program_is_told_what_is_wrong(plan, own, client, bram):
    assert problem(post(own, plan)) == (400, {"bestand"})
    assert problem(post(own, plan, bestand="geen bestand", foo="1")) == (400, {"bestand", "foo"})
    assert problem(post(own, plan, bestand=make.upload(b"MZ", "a.png"))) == (400, {"bestand"})
    assert problem(post(own, plan, bestand=make.upload())) == (400, {"beschrijving"})
    assert problem(post(own, plan, bestand=make.upload(PDF), intern="true")) == (400, {"intern"})
    assert problem(post(client, plan, bestand=make.upload(PDF)))[0] == 403
    assert problem(post(come_in(bram), plan, bestand=make.upload(PDF)))[0] == 403
    broken = own.generic(
        "POST",
        f"/api/v1/initiatieven/{plan.reference}/bijlagen",
        b"--x\r\nhalf",
        content_type="multipart/form-data; boundary=",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )
    assert problem(broken) == (400, "We kunnen dit formulier niet lezen.")


# Evidence -----------------------------------------------------------------------------------------------
@pytest.fixture
def promise(plan):
    return make.commitment(plan, "We maken het plein schoon")


KEPT = {"version": "1", "on": "2026-01-02", "evidence": "Het is schoon."}


def test_a_promise_is_kept_with_a_photo_that_is_as_public_as_the_promise(promise, desk, client, carla):
    sent = KEPT | {"upload": make.upload(), "words": "Het plein is schoon"}
    assert desk.post(f"/toezeggingen/{promise.key}/nakomen/", sent).status_code == 302
    promise = Commitment.objects.get()
    page = client.get(f"/initiatieven/{promise.initiative.reference}/").content.decode()
    assert 'alt="Het plein is schoon"' in page
    assert code(client, promise.proof_url) == 200
    told = client.get(f"/api/v1/toezeggingen/{promise.key}").json()
    assert told["bestandAdres"] == f"http://testserver{promise.proof_url}"
    promises.hide(promise, by=carla)
    assert code(client, promise.proof_url) == 404
    assert code(client, promise.proof_small_url) == 404


def test_a_photo_of_the_initiator_is_on_the_site_after_the_yes_of_an_officer(plan, own, desk, client, bram):
    promise = make.commitment(plan, participant=plan.initiators().get(), promised_to="municipality")
    sent = KEPT | {"upload": make.upload(), "words": "Kinderen op het plein"}
    assert own.post(f"/toezeggingen/{promise.key}/nakomen/", sent).status_code == 302
    promise.refresh_from_db()
    file, page = f"/toezeggingen/{promise.key}/bestand/", f"/initiatieven/{plan.reference}/"
    api = f"/api/v1/toezeggingen/{promise.key}"
    for outsider in (client, come_in(bram)):
        assert (code(outsider, file), code(outsider, f"{file}klein/")) == (404, 404)
        assert "Kinderen op het plein" not in outsider.get(page).content.decode()
        told = outsider.get(api).json()
        assert (told["bestand"], told["bestandAdres"]) == (None, None)
    for side, place in ((own, f"/mijn/{plan.public_id}/"), (desk, f"/werkbank/{plan.reference}/")):
        assert code(side, file) == 200
        assert (
            "Dit bestand zien alleen de initiatiefnemer en de gemeente." in side.get(place).content.decode()
        )
        assert side.get(api).json()["bestand"]["beschrijving"] == "Kinderen op het plein"
    release = f"/toezeggingen/{promise.key}/bestand-openbaar/"
    assert [one.post(release, {"version": 2}).status_code for one in (own, come_in(bram), desk)] == [
        404,
        404,
        302,
    ]
    assert code(client, file) == 200
    assert "Kinderen op het plein" in client.get(page).content.decode()


def test_a_program_of_an_officer_releases_a_photo_and_of_others_does_not(plan, own, desk, amina):
    promise = make.commitment(plan, participant=plan.initiators().get(), promised_to="municipality")
    promises.keep(promise, by=amina, on=make.LONG_AGO, evidence="x", upload=make.upload(PDF))
    asked = (f"/api/v1/toezeggingen/{promise.key}/bestand-openbaar", {"versie": 2})
    assert problem(own.post(*asked, content_type="application/json"))[0] == 403
    assert desk.post(*asked, content_type="application/json").json()["bestandOpenbaar"] is True


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"upload": make.upload(), "words": ""}, "words"),
        ({"upload": make.upload(b"<html>")}, "upload"),
        ({"upload": make.upload(PDF), "evidence": ""}, "upload"),  # must be chosen again
    ],
)
def test_a_photo_that_cannot_be_keeps_the_promise_open(promise, desk, sent, field):
    page = desk.post(f"/toezeggingen/{promise.key}/nakomen/", KEPT | sent)
    assert page.status_code == 400
    assert field in page.context["act"].form.errors
    assert Commitment.objects.get().state == "open"


def test_no_word_document_as_evidence(promise, carla):
    from tests.townhall.test_uploads import DOCX, package

    with pytest.raises(ValidationError) as refused:
        promises.keep(promise, by=carla, on=make.LONG_AGO, evidence="x", upload=make.upload(package(DOCX)))
    assert refused.value.message_dict == {"upload": [str(uploads.NO_DOCUMENT)]}


def test_a_photo_that_should_not_be_there_is_taken_away(promise, desk, carla, bram):
    made = make.file(by=carla, from_town=True)
    Commitment.objects.update(state="kept", kept_on=make.LONG_AGO, evidence="x", proof=made)
    assert "Haal het bestand weg" in desk.get(f"/werkbank/{promise.initiative.reference}/").content.decode()
    assert come_in(bram).post(f"/toezeggingen/{promise.key}/bestand-weg/", {"version": 1}).status_code == 404
    assert desk.post(f"/toezeggingen/{promise.key}/bestand-weg/", {"version": 1}).status_code == 302
    assert Commitment.objects.get().proof is None
    assert not File.objects.exists()


def test_a_program_keeps_a_promise_with_a_photo(promise, desk):
    sent = {"versie": "1", "op": "2026-01-02", "bewijs": "Schoon.", "beschrijving": "Het plein"}
    done = desk.post(f"/api/v1/toezeggingen/{promise.key}/nakoming", sent | {"bestand": make.upload()})
    assert done.json()["bestand"]["beschrijving"] == "Het plein"
    gone = desk.post(
        f"/api/v1/toezeggingen/{promise.key}/bestand-weg", {"versie": 2}, content_type="application/json"
    )
    assert gone.json()["bestand"] is None
