"""Initiatives for machines."""

import pytest
from django.utils import timezone

from initiatives.models import PartnerLink, State
from tests import make

pytestmark = pytest.mark.django_db


def test_an_initiative_in_full(client, amina):
    goal = make.goal(plain_title="Meer bloemen", key="G1")
    contact = make.manager("Adviseur groen", key="K1", name="Geheim")
    plan = make.initiative(
        "Geveltuinen",
        by=amina,
        reference="IW-2026-0042",
        story="Ons verhaal.",
        district=make.district("Noord", key="WK999901"),
        organisation=make.organisation("Buurtclub", key="P1"),
        submitted_by="organisation",
        state=State.IN_PROGRESS,
        state_reason="Geheim",
        contact=contact,
        goals=[goal, make.goal(state="draft", note=None)],
        submitted_at=timezone.make_aware(timezone.datetime(2026, 5, 4, 9)),
    )
    PartnerLink.objects.create(initiative=plan, organisation=make.organisation("Natuurclub", key="P2"))
    assert client.get("/api/v1/initiatieven/IW-2026-0042").json() == {
        "kenmerk": "IW-2026-0042",
        "titel": "Geveltuinen",
        "samenvatting": "Een plan voor de buurt.",
        "verhaal": "Ons verhaal.",
        "watErAlIs": None,
        "inbreng": None,
        "vraag": None,
        "wijk": {"kenmerk": "WK999901", "naam": "Noord"},
        "soort": "eigen-plan",
        "van": "organisatie",
        "organisatie": {"kenmerk": "P1", "naam": "Buurtclub"},
        "staat": "in-uitvoering",
        "begintOp": None,
        "eindigtOp": None,
        "ingediendOp": "2026-05-04T09:00:00+02:00",
        "doelen": [{"kenmerk": "G1", "titel": "Meer bloemen", "sterkte": 2}],
        "partners": [{"kenmerk": "P2", "naam": "Natuurclub"}],
        "accounthouder": {"kenmerk": "K1", "functie": "Adviseur groen", "afdeling": None},
        "verderIn": None,
        "webpagina": "http://testserver/initiatieven/IW-2026-0042/",
    }


def test_what_is_not_public_is_not_there(client, amina, bram, carla):
    plan = make.initiative(by=amina, public=False)
    make.initiative(by=amina, state=State.DRAFT)
    address = f"/api/v1/initiatieven/{plan.reference}"

    def answers(user=None):
        if user:
            client.force_login(user)
        return client.get("/api/v1/initiatieven").json()["aantal"], client.get(address).status_code

    assert answers() == (0, 404)
    assert answers(bram) == (0, 404)
    assert answers(amina) == (1, 200)
    assert answers(carla) == (1, 200)
