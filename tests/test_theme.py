"""The municipality's colours reach the page, and unreadable ones never do."""

import pytest

from initiatiefwijzer.exchange.rows import MunicipalityRow
from tests import make
from townhall import theme


@pytest.mark.parametrize(("colour", "ratio"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_is_that_of_wcag(colour, ratio):
    assert round(theme.contrast_with_white(colour), 2) == ratio


@pytest.mark.django_db
def test_the_colours_of_the_municipality_are_served(client):
    assert client.get("/thema.css").content == b""
    make.municipality(colours={"brand": "#0d5c6b", "accent": "#ffc247"})
    assert client.get("/thema.css").content.decode() == (
        ".initiatiefwijzer-theme {\n  --iw-brand: #0d5c6b;\n  --iw-accent: #ffc247;\n}\n"
    )


@pytest.mark.parametrize(
    ("colours", "word"),
    [({"brand": "#ffee00"}, "te licht"), ({"paars": "#550055"}, "kennen we niet"), ({"brand": "red;}"}, "")],
)
def test_a_colour_nobody_can_read_is_refused(colours, word):
    row = MunicipalityRow(data={"id": "GM0001", "name": "Kleindorp", "colours": colours})
    assert not row.is_valid()
    assert word in str(row.errors["colours"])
