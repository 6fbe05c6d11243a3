"""What the municipality words itself stands in its place; what it leaves alone keeps our words."""

import pytest

from tests import make
from townhall.models import Municipality, Text

pytestmark = pytest.mark.django_db


def test_the_town_comes_with_its_texts_in_one_query(django_assert_num_queries):
    make.municipality()
    Text.objects.create(key="promise", body="Eén.")
    Text.objects.create(key="footer", body="Twee.")
    with django_assert_num_queries(1):
        assert Municipality.objects.current().texts == {"promise": "Eén.", "footer": "Twee."}


def test_a_place_without_a_text_keeps_ours(client):
    make.municipality()
    assert "Wij wijzen je de weg in het gemeentehuis" in client.get("/").text


def test_a_text_takes_the_place_of_ours_and_is_never_markup(client):
    make.municipality()
    Text.objects.create(key="footer", body="Wij zijn er.\n\n<b>Ook</b> op zaterdag.")
    page = client.get("/").text
    assert "<p>Wij zijn er.</p>" in page
    assert "&lt;b&gt;Ook&lt;/b&gt; op zaterdag." in page
    assert "Wij wijzen je de weg in het gemeentehuis" not in page


def test_an_address_in_a_text_is_a_link(client):
    make.municipality()
    Text.objects.create(key="privacy_contact", body="Lees https://kleindorp.example/privacy <i>en</i> mail.")
    page = client.get("/privacy/").text
    assert '<a href="https://kleindorp.example/privacy">' in page
    assert "&lt;i&gt;en&lt;/i&gt;" in page


@pytest.mark.parametrize("address", ["/over/", "/privacy/", "/toegankelijkheid/"])
def test_every_page_leads_to_what_every_government_has_to_tell(client, address):
    make.municipality()
    assert f'href="{address}"' in client.get("/").text
    assert "Kleindorp" in client.get(address).text


def test_a_text_that_changes_is_seen_at_once(client):
    make.municipality()
    text = Text.objects.create(key="footer", body="Eerst dit.")
    assert "Eerst dit." in client.get("/").text
    text.body = "Nu dat."
    text.save()
    assert "Nu dat." in client.get("/").text
