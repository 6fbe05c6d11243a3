"""Every list with a box for words forgives: it finds all forms of a word, and says what else there is."""

import pytest

from initiatives.models import Message
from tests import make

pytestmark = pytest.mark.django_db

LISTS = {  # address -> makes one thing of this name
    "/doelen/": lambda name: make.goal(plain_title=name),
    "/notas/": make.note,
    "/initiatieven/": make.initiative,
    "/partners/": make.organisation,
    "/wie-is-wie/": make.manager,
    "/financiering/": lambda name: make.form(name=name),
    "/toezeggingen/": lambda name: make.commitment(make.initiative("Een plan"), name),
    "/eisen/": make.standard_requirement,
    "/raad/": lambda name: make.goal(plain_title=name),
    "/werkbank/": lambda name: waiting(name),
    "/werkbank/IW-2000-0001/toevoegen/doel/": lambda name: make.goal(plain_title=name),
    "/werkbank/IW-2000-0001/toevoegen/partner/": make.organisation,
    "/werkbank/IW-2000-0001/toevoegen/plan/": make.initiative,
    "/werkbank/IW-2000-0001/toevoegen/manier/": lambda name: make.form(name=name),
    "/beheer/doelen/": lambda name: make.goal(plain_title=name),
    "/beheer/notas/": make.note,
    "/beheer/partners/": make.organisation,
    "/beheer/accounthouders/": make.manager,
    "/beheer/financieringsvormen/": lambda name: make.form(name=name),
    "/beheer/regelingen/": lambda name: make.scheme(name=name),
    "/beheer/eisen/": make.standard_requirement,
}


def waiting(name):
    """A plan of which the initiator had the last word."""
    Message.objects.create(initiative=make.initiative(name), text="Hoe staat het?", by=make.user())


FORMS = [  # as it stands there, as it is asked
    ("De moestuin", "moestuinen"),
    ("Onze moestuinen", "moestuin"),
    ("Een moestuin", "moestuintje"),
    ("Een moestuintje", "moestuin"),
    ("De buurtmoestuin", "moestuin"),
    ("Mooie ideeën", "idee"),
    ("Een idee", "ideeen"),
]


@pytest.fixture
def seen(client, mo):
    """What somebody who may see all finds at an address: (how many things, the page)."""
    make.municipality()
    make.initiative("Iets anders", reference="IW-2000-0001", story="Iets anders.")
    client.force_login(mo)

    def look(address, words):
        response = client.get(address, {"zoek": words})
        told = response.context["told"] if address == "/raad/" else {}
        return told.get(
            "goals", "page_obj" in response.context and response.context["page_obj"].paginator.count
        ), response

    return look


@pytest.mark.parametrize("address", LISTS)
def test_every_list_forgives(address, seen):
    for number, (name, asked) in enumerate(FORMS):
        LISTS[address](f"{name} {number}a")
        assert seen(address, f"{asked} {number}a")[0] == 1, asked
    LISTS[address]("Zwemsteiger")
    LISTS[address]("Snuffelmarkt")
    assert seen(address, "sporthal")[0] == 0
    assert 'zoek=zwemsteiger">zwemsteiger</a>?' in seen(address, "zwemstijger")[1].text
    assert (
        'Zoek ook op: <a class="nl-link" href="?zoek=snuffelmarkt">' in seen(address, "rommelmarkt")[1].text
    )
    assert "iw-filters__hints" not in seen(address, "xylofoonorkest")[1].text
