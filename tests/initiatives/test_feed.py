"""The feed tells of public initiatives, and of nothing else."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from tests import make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.django_db
def test_the_feed_holds_public_initiatives_newest_first(client, amina):
    make.initiative("Oud plan")
    make.initiative("Nieuw plan", summary="Met <b>bloemen</b>", by=amina)
    make.initiative("Geheim plan", public=False)
    answer = client.get(reverse("initiatives:feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Nieuw plan", "Oud plan"]
    assert entries[0].findtext(f"{ATOM}summary") == "Met &lt;b&gt;bloemen&lt;/b&gt;"  # its type is html
    assert amina.email not in answer.content.decode()


@pytest.mark.django_db
def test_letters_that_xml_cannot_hold_break_no_feed(client):
    make.initiative("Tuin\x01 voor\x0b \ufffeallen", summary="Met\x1b bloemen")
    (entry,) = ET.fromstring(client.get(reverse("initiatives:feed")).content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Tuin voor allen"
    assert entry.findtext(f"{ATOM}summary") == "Met bloemen"


@pytest.mark.django_db
def test_a_feed_of_nothing_is_a_feed(client):
    assert ET.fromstring(client.get(reverse("initiatives:feed")).content).findall(f"{ATOM}entry") == []
