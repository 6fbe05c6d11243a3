import pytest
from django.urls import reverse
from tests import make
from tests.house import town
from desk.manage.nouns import NOUNS

pytestmark = pytest.mark.django_db


def test_smoke(client):
    them = town.build()
    client.force_login(them["manager"])
    assert client.get("/beheer/").status_code == 200
    for slug, noun in NOUNS.items():
        r = client.get(f"/beheer/{slug}/")
        print(slug, r.status_code)
        if noun.records:
            assert r.status_code == 200
            for show in noun.shows:
                assert client.get(f"/beheer/{slug}/?toon={show}&zoek=a").status_code == 200
            for rec in noun.records():
                from desk.manage.table import place

                a = place(slug, rec)
                assert client.get(a).status_code == 200, a
                for name in noun.actions:
                    assert client.get(f"{a}{name}/").status_code in (200, 302), (a, name)
        if noun.create:
            assert client.get(f"/beheer/{slug}/nieuw/").status_code == 200
    assert client.get("/beheer/gemeente/1/").status_code == 200
    assert client.get("/beheer/berichten/").status_code == 200
