"""A dossier: Carla hands in a photo, reads what Petra changed, and saves all of the plan in one file."""

import zipfile

from playwright.sync_api import expect

from tests import make
from tests.journeys.browsing import assert_good_for_everybody

STYLE = "stijl.css"


def test_a_dossier(browse, town):
    reference, public_id = town.keys["challenge"], town.keys["challenge_id"]
    initiator, officer = browse(who="petra"), browse(who="carla")

    initiator.goto(f"/mijn/{public_id}/veranderen/")
    initiator.get_by_label("Wat wil je doen?").fill("Wij maaien het plantsoen zelf, elke maand.")
    initiator.get_by_role("button", name="Bewaar").click()
    initiator.get_by_role("link", name="Wat er veranderde in je tekst").click()
    expect(initiator.locator("ins").first).to_be_visible()
    assert_good_for_everybody(initiator)

    officer.goto(f"/werkbank/{reference}/")
    officer.get_by_role("link", name="Foto’s en bestanden").click()
    photo = {"name": "plantsoen.jpg", "mimeType": "image/jpeg", "buffer": make.drawing()}
    officer.get_by_label("Welk bestand?").set_input_files(photo)
    officer.get_by_role("button", name="Voeg toe").click()
    expect(officer.get_by_role("alert")).to_contain_text("Beschrijf in een zin wat er op de foto staat.")
    assert_good_for_everybody(officer)
    officer.get_by_label("Welk bestand?").set_input_files(photo)
    officer.get_by_label("Wat staat er op de foto?").fill("Het plantsoen, kort gemaaid")
    officer.get_by_role("button", name="Voeg toe").click()
    expect(officer.get_by_role("img", name="Het plantsoen, kort gemaaid")).to_be_visible()
    assert_good_for_everybody(officer)

    officer.goto(f"/werkbank/{reference}/dossier/")
    officer.get_by_label("Waarom heb je dit nodig?").fill("Voor het zaaksysteem")
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="Maak het dossier").click()
    with zipfile.ZipFile(saved.value.path()) as archive:
        page, style = archive.read("index.html").decode(), archive.read(STYLE).decode()
        assert [name for name in archive.namelist() if name.endswith("plantsoen.jpg")]
    officer.route("**/dossier-op-schijf/", lambda route: route.fulfill(body=page, content_type="text/html"))
    officer.route(f"**/{STYLE}", lambda route: route.fulfill(body=style, content_type="text/css"))
    officer.goto("/dossier-op-schijf/")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Wij maaien het plantsoen zelf")
    assert_good_for_everybody(officer)

    initiator.goto(f"/mijn/{public_id}/")
    initiator.locator("summary", has_text="Wie keek naar je gegevens").click()
    expect(initiator.locator("#tijdlijn")).to_contain_text("De reden: Voor het zaaksysteem")
    initiator.get_by_role("link", name="Alles wat wij van jouw plan hebben").click()
    with initiator.expect_download() as saved:
        initiator.get_by_role("button", name="Download alles").click()
    assert zipfile.is_zipfile(saved.value.path())
