"""Every page and every state of it: axe finds nothing, it fits a small phone, and it keeps to itself.

A page that has no place in these tables fails `test_no_page_is_forgotten`.
"""

import pytest
from django.urls import URLResolver, get_resolver
from playwright.sync_api import expect

from tests.journeys.browsing import PLAN, WIDE, ask, assert_good_for_everybody, overflow, plan_box

NOT_FOUND = "?zoek=xylofoonorkest"
PAGES = [  # URL name, address (fields: see inside.py)
    ("home", "/"),
    ("wegwijzer", "/wegwijzer/"),
    ("overview:search", "/zoeken/"),
    ("overview:search", "/zoeken/?zoek=eenzaamheid"),
    ("overview:search", "/zoeken/?zoek=eenzaamheid&getypt=eenzaamhied"),
    ("overview:search", "/zoeken/?zoek=eenzaamhied&letterlijk"),
    ("overview:search", f"/zoeken/{NOT_FOUND}"),
    ("overview:search", "/zoeken/?zoek=de"),
    ("goals:list", "/doelen/"),
    ("goals:list", f"/doelen/{NOT_FOUND}"),
    ("goals:detail", "/doelen/{goal}/"),
    ("goals:detail", "/doelen/{longest_goal}/"),
    ("goals:notes", "/notas/"),
    ("goals:notes", f"/notas/{NOT_FOUND}"),
    ("goals:note", "/notas/{note}/"),
    ("contacts:people", "/wie-is-wie/"),
    ("contacts:people", f"/wie-is-wie/{NOT_FOUND}"),
    ("contacts:manager", "/wie-is-wie/{manager}/"),
    ("contacts:manager", "/wie-is-wie/{absent_manager}/"),
    ("contacts:manager", "/wie-is-wie/{front_desk}/"),
    ("contacts:holder", "/wie-is-wie/bestuur/{holder}/"),
    ("contacts:holder", "/wie-is-wie/bestuur/{former_holder}/"),
    ("contacts:partners", "/partners/"),
    ("contacts:partners", f"/partners/{NOT_FOUND}"),
    ("contacts:partners", "/partners/?wijk=atlantis&pagina=2"),
    ("contacts:partner", "/partners/{partner}/"),
    ("funding:list", "/financiering/"),
    ("funding:list", f"/financiering/{NOT_FOUND}"),
    ("funding:detail", "/financiering/{form}/"),
    ("agreements:library", "/eisen/"),
    ("agreements:frameworks", "/afwegingskader/"),
    ("agreements:frameworks", "/afwegingskader/?geldig=misschien"),
    ("agreements:framework", "/afwegingskader/A01/"),
    ("agreements:library", f"/eisen/{NOT_FOUND}"),
    ("agreements:standard-requirement", "/eisen/{standard}/"),
    ("initiatives:list", "/initiatieven/"),
    ("initiatives:list", f"/initiatieven/{NOT_FOUND}"),
    ("initiatives:detail", "/initiatieven/{plan}/"),
    ("initiatives:detail", "/initiatieven/{stopped_plan}/"),
    ("initiatives:new", "/initiatieven/nieuw/"),
    ("agreements:commitments", "/toezeggingen/"),
    ("agreements:commitments", f"/toezeggingen/{NOT_FOUND}"),
    ("about", "/over/"),
    ("privacy", "/privacy/"),
    ("accessibility", "/toegankelijkheid/"),
    ("style", "/stijl/"),
    ("account_login", "/account/inloggen/"),
    ("account_signup", "/account/aanmelden/"),
    ("account_inactive", "/account/gesloten/"),
]
SIGNED_IN = [  # who, URL name, address
    ("amina", "home", "/"),
    ("amina", "initiatives:detail", "/initiatieven/{own_plan}/"),
    ("amina", "initiatives:new", "/initiatieven/nieuw/"),
    ("amina", "initiatives:concept", "/initiatieven/concept/{own_concept_id}/"),
    ("amina", "initiatives:receipt", "/initiatieven/concept/{own_plan_id}/ontvangen/"),
    ("amina", "overview:mine", "/mijn/"),
    ("petra", "overview:mine", "/mijn/"),
    ("amina", "overview:mails", "/mijn/mails/"),
    ("amina", "account_email", "/account/"),
    ("carla", "account_email", "/account/"),
    ("amina", "overview:plan", "/mijn/{own_plan_id}/"),
    ("amina", "overview:edit", "/mijn/{own_open_plan_id}/veranderen/"),
    ("amina", "account_logout", "/account/uitloggen/"),
    ("amina", "mfa_index", "/account/tweede-stap/"),
    ("amina", "mfa_activate_totp", "/account/tweede-stap/aan/"),
    ("petra", "initiatives:list", "/initiatieven/"),
    ("carla", "initiatives:detail", "/initiatieven/{hidden_plan}/"),
    ("carla", "mfa_index", "/account/tweede-stap/"),
    ("carla", "mfa_reauthenticate", "/account/opnieuw/"),
    ("carla", "desk:inbox", "/werkbank/"),
    ("carla", "desk:inbox", f"/werkbank/{NOT_FOUND}"),
    ("carla", "desk:inbox", "/werkbank/?lijst=te-laat&wijk=atlantis"),
    ("carla", "desk:plan", "/werkbank/{new_plan}/"),
    ("carla", "desk:plan", "/werkbank/{plan}/"),
    ("carla", "desk:day", "/werkbank/mijn-dag/"),
    ("mo", "desk:day", "/werkbank/mijn-dag/?soort=doel"),
    ("carla", "desk:notes", "/werkbank/{plan}/notities/"),
    ("carla", "desk:decision-new", "/werkbank/{plan}/besluiten/nieuw/"),
    ("carla", "desk:decision", "/werkbank/{suspended_plan}/besluiten/{decision}/"),
    ("carla", "desk:add", "/werkbank/{plan}/toevoegen/partner/"),
    ("carla", "desk:add", "/werkbank/{plan}/toevoegen/doel/?zoek=xylofoonorkest"),
    ("carla", "agreements:promise", "/toezeggingen/nieuw/{plan}/"),
    ("carla", "agreements:act", "/toezeggingen/{late_promise}/nakomen/"),
    ("amina", "agreements:act", "/toezeggingen/{own_promise}/verschuiven/"),
    ("carla", "agreements:requirement-choose", "/werkbank/{demanded_plan}/eisen/"),
    ("carla", "agreements:requirement-new", "/werkbank/{demanded_plan}/eisen/nieuw/"),
    ("carla", "agreements:requirement-act", "/werkbank/{demanded_plan}/eisen/{asked}/antwoord/"),
    ("carla", "desk:plan", "/werkbank/{demanded_plan}/"),
    ("amina", "overview:plan", "/mijn/{own_open_plan_id}/"),
    ("amina", "agreements:requirement-ask", "/mijn/{own_open_plan_id}/eisen/{unasked}/vraag/"),
    ("carla", "agreements:assess", "/werkbank/{plan}/afweging/"),
    ("carla", "agreements:assess", "/werkbank/{new_plan}/afweging/"),
    ("amina", "agreements:assessment-mine", "/mijn/{own_plan_id}/afweging/"),
    ("amina", "agreements:assessment-mine", "/mijn/{own_open_plan_id}/afweging/"),
    ("dirk", "overview:dealings", "/raad/omgang/"),
    ("dirk", "overview:equal-treatment", "/raad/gelijke-behandeling/"),
    ("dirk", "overview:equal-treatment", "/raad/gelijke-behandeling/?per=thema&van=2090-01"),
    ("mo", "desk:manage-list", "/beheer/afwegingskaders/"),
    ("mo", "desk:manage-edit", "/beheer/afwegingskaders/A01/"),
    ("mo", "desk:manage-list", "/beheer/eisen/"),
    ("carla", "desk:role", "/werkbank/afwezig/"),
    ("carla", "desk:relations", "/werkbank/relaties/"),
    ("carla", "desk:relations", f"/werkbank/relaties/{NOT_FOUND}"),
    ("carla", "desk:relation", "/werkbank/relaties/{partner}/"),
    ("carla", "desk:persons", "/werkbank/relaties/personen/"),
    ("carla", "desk:person-new", "/werkbank/relaties/personen/nieuw/"),
    ("carla", "desk:person", "/werkbank/relaties/personen/{person}/"),
    ("carla", "desk:silent", "/werkbank/relaties/stil/"),
    ("carla", "desk:network", "/werkbank/relaties/netwerk/"),
    ("carla", "desk:network", "/werkbank/relaties/netwerk/?wijk=atlantis"),
    ("carla", "desk:doubles", "/werkbank/relaties/dubbel/"),
    ("carla", "desk:double", "/werkbank/relaties/dubbel/{partner}/{other_partner}/"),
    ("mo", "desk:role", "/werkbank/afwezig/"),
    ("mo", "desk:hand-over-new", "/beheer/accounthouders/{manager}/overdragen/"),
    ("carla", "desk:plan-doubles", "/werkbank/{merging_plan}/dubbel/"),
    ("carla", "desk:double-merge", "/werkbank/{plan}/dubbel/{merging_plan}/"),
    ("carla", "desk:refer", "/werkbank/{challenge}/doorverwijzen/"),
    ("carla", "desk:refer", "/werkbank/{referred_plan}/doorverwijzen/"),
    ("carla", "desk:kind", "/werkbank/{challenge}/soort/"),
    ("carla", "agreements:council-desk", "/werkbank/{challenge}/raadsvraag/"),
    ("amina", "agreements:council-mine", "/mijn/{own_open_plan_id}/raadsvraag/"),
    ("greet", "agreements:council-questions", "/griffie/"),
    ("greet", "agreements:council-questions", "/griffie/?stand=te-laat"),
    ("greet", "agreements:council-question", "/griffie/R02/"),
    ("carla", "agreements:challenge-desk", "/werkbank/{challenge}/taak/"),
    ("petra", "agreements:challenge", "/mijn/{challenge_id}/taak/"),
    ("amina", "agreements:merge", "/mijn/{merging_plan_id}/samengaan/{merge}/"),
    ("petra", "agreements:referral", "/mijn/{referred_plan_id}/doorverwezen/"),
    ("dirk", "agreements:referral-answer", "/doorverwezen/{referral}/"),
    ("amina", "agreements:own-later", "/mijn/{lasting_plan_id}/later/"),
    ("petra", "agreements:own-later", "/mijn/{handed_over_plan_id}/later/"),
    ("carla", "agreements:desk-later", "/werkbank/{forgotten_plan}/later/"),
    ("dirk", "agreements:succession", "/opvolgen/{succession}/"),
    ("amina", "updates:own", "/mijn/{lasting_plan_id}/nieuws/"),
    ("carla", "updates:desk", "/werkbank/{lasting_plan}/nieuws/"),
    ("dirk", "initiatives:detail", "/initiatieven/{lasting_plan}/"),
    ("amina", "agreements:ask-onlooker", "/mijn/{own_plan_id}/meekijken/"),
    ("dirk", "agreements:look-along", "/meekijken/{look_along}/"),
    ("carla", "agreements:desk-attachments", "/werkbank/{plan}/bijlagen/"),
    ("amina", "agreements:own-attachments", "/mijn/{own_plan_id}/bijlagen/"),
    ("carla", "desk:history", "/werkbank/{challenge}/geschiedenis/"),
    ("carla", "desk:dossier", "/werkbank/{challenge}/dossier/"),
    ("amina", "overview:history", "/mijn/{own_open_plan_id}/geschiedenis/"),
    ("amina", "overview:dossier", "/mijn/{own_plan_id}/dossier/"),
    ("dirk", "goals:list", "/doelen/"),
    ("dirk", "overview:council", "/raad/"),
    ("dirk", "overview:council", "/raad/?zoek=eenzaamheid"),
    ("dirk", "overview:council", f"/raad/{NOT_FOUND}"),
    ("dirk", "overview:council", "/raad/?toon=zonder&pagina=2"),
    ("dirk", "overview:council", "/raad/?wijk=atlantis&van=gisteren&staat=klaar"),
    ("carla", "overview:council", "/raad/?toon=met"),
    ("mo", "goals:detail", "/doelen/{goal}/"),
    ("mo", "desk:manage", "/beheer/"),
    ("mo", "desk:manage-list", "/beheer/doelen/"),
    ("mo", "desk:manage-list", f"/beheer/partners/{NOT_FOUND}"),
    ("mo", "desk:manage-list", "/beheer/notas/"),
    ("mo", "desk:manage-list", "/beheer/accounthouders/?toon=niets"),
    ("mo", "desk:manage-new", "/beheer/doelen/nieuw/"),
    ("mo", "desk:manage-edit", "/beheer/accounthouders/{manager}/"),
    ("mo", "desk:manage-edit", "/beheer/gemeente/1/"),
    ("mo", "desk:manage-edit", "/beheer/wegwijzer/1/"),
    ("mo", "desk:manage-edit", "/beheer/doelen/{goal_key}/"),
    ("mo", "desk:manage-act", "/beheer/doelen/{goal_key}/woord/"),
    ("mo", "desk:manage-list", "/beheer/doelen/?toon=gemist"),
    ("mo", "desk:manage-act", "/beheer/ambtstermijnen/{term}/vervangen/"),
    ("mo", "desk:manage-list", "/beheer/rollen/"),
    ("mo", "desk:manage-second-step", "/beheer/tweede-stap/"),
    ("mo", "desk:coverage", "/beheer/dekking/"),
    ("mo", "desk:coverage", "/beheer/dekking/?portefeuille=KE"),
    ("mo", "desk:manage-parked", "/beheer/berichten/"),
    ("carla", "desk:letter-new", "/werkbank/brieven/nieuw/plannen/"),
    ("mo", "desk:letter", "/werkbank/brieven/{letter}/"),
    ("mo", "desk:intakes", "/beheer/inlezen/"),
    ("mo", "desk:intake", "/beheer/inlezen/{intake}/"),
    ("mo", "contacts:manager", "/wie-is-wie/{manager}/"),
]
ELSEWHERE = {  # walked in a journey of their own, because something comes before them
    "desk:hand-over": "test_departure",
    "desk:batch-new": "test_officers_day",
    "desk:batch": "test_officers_day",
    "desk:hand-over-plans": "test_departure",
    "account_confirm_login_code": "test_signing_in",
    "account_email_verification_sent": "test_signing_in",
    "mfa_authenticate": "test_signing_in",
    "mfa_deactivate_totp": "test_signing_in",
    "mfa_view_recovery_codes": "test_signing_in",
    "mfa_generate_recovery_codes": "test_signing_in",
}
NOT_PAGES = [  # who, URL name, address: stylesheets, drawings, text, and what only leads on to a page
    (None, "theme", "/thema.css"),
    (None, "photo", "/portretten/{photo}"),
    (None, "health", "/gezond"),
    (None, "robots", "/robots.txt"),
    (None, "security-txt", "/.well-known/security.txt"),
    (None, "account_request_login_code", None),  # allauth's name of account_login
    (None, "desk:intake-example", None),  # a workbook
    (None, "mfa_download_recovery_codes", None),  # a file; downloaded in test_signing_in
    ("carla", "desk:triage", None),  # what only takes a POST
    ("carla", "desk:undo-triage", None),
    ("carla", "desk:judge", None),
    ("carla", "desk:day-goal", None),
    ("carla", "desk:batch-undo", None),
    ("carla", "desk:note-read", None),
    ("carla", "desk:assign", None),
    ("carla", "desk:step", None),
    ("carla", "desk:release", None),
    ("carla", "desk:write", None),
    ("carla", "desk:record", None),
    ("carla", "desk:people", None),
    ("carla", "desk:decision-act", None),
    ("carla", "agreements:close-assessment", None),
    ("carla", "desk:save-filter", None),
    ("carla", "desk:forget-filter", None),
    ("carla", "desk:ask-colleague", None),
    ("carla", "desk:colleague-done", None),
    ("carla", "desk:cancel-colleague", None),
    ("carla", "desk:back", None),
    ("carla", "desk:apart", None),
    ("carla", "desk:person-look", None),
    ("carla", "desk:person-moment", None),
    ("carla", "desk:person-act", None),
    ("carla", "desk:take-step", None),
    ("carla", "desk:relation-moment", None),
    ("carla", "desk:double-withdraw", None),
    ("amina", "agreements:revoke-onlooker", None),
    ("carla", "agreements:desk-attachment-act", None),
    ("amina", "agreements:own-attachment-act", None),
    ("carla", "agreements:desk-later-act", None),
    ("amina", "agreements:own-later-act", None),
    ("amina", "updates:own-act", None),
    ("carla", "updates:desk-act", None),
    (None, "updates:feed", "/initiatieven/nieuws/feed/"),
    (None, "updates:picture", None),  # seen in tests/initiatives/test_updates.py
    (None, "updates:picture-small", None),
    (None, "agreements:attachment", None),  # pictures and documents; seen in test_promises and test_dossier
    (None, "agreements:attachment-small", None),
    (None, "agreements:proof", None),
    (None, "agreements:proof-small", None),
    ("amina", "overview:write", None),
    ("amina", "overview:step", None),
    (None, "initiatives:feed", "/initiatieven/feed/"),
    (None, "agreements:commitments-feed", "/toezeggingen/feed/"),
]


def names_of(resolver, prefix=""):
    """The names of all addresses below a resolver, except the API's."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "api":
                yield from names_of(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def test_no_page_is_forgotten():
    walked = {name for name, _ in PAGES} | {name for _, name, _ in SIGNED_IN} | set(ELSEWHERE)
    assert walked | {name for _, name, _ in NOT_PAGES} == set(names_of(get_resolver()))


@pytest.mark.parametrize(("who", "address"), [(who, address) for who, _, address in NOT_PAGES if address])
def test_not_a_page_really_is_none(reading, town, who, address):
    answer = reading(who).request.get(address.format(**town.keys))
    assert "<main" not in answer.text()


def visit(page, address):
    """Opens a page and sees that it is the one that was asked for."""
    assert page.goto(address).status == 200
    assert page.url.partition("127.0.0.1")[2].partition("/")[2] == address[1:]


@pytest.mark.parametrize(("name", "address"), PAGES, ids=[address for _, address in PAGES])
def test_page(reading, town, name, address):
    page = reading()
    visit(page, address.format(**town.keys))
    assert_good_for_everybody(page)


@pytest.mark.parametrize(
    ("who", "name", "address"), SIGNED_IN, ids=[f"{one}{at}" for one, _, at in SIGNED_IN]
)
def test_page_of_who_is_signed_in(reading, town, who, name, address):
    page = reading(who)
    visit(page, address.format(**town.keys))
    assert_good_for_everybody(page)


def test_answer_of_the_wegwijzer(page):
    ask(page, PLAN)
    expect(page.locator("#doelen")).to_be_visible()
    assert_good_for_everybody(page)
    page.set_viewport_size({"width": WIDE, "height": 900})
    for more in page.locator("main summary").all():
        more.click()
    assert_good_for_everybody(page)


def test_open_menu_on_a_phone(browse):
    page = browse(390)
    page.goto("/")
    page.get_by_text("Menu").click()
    expect(page.get_by_role("link", name="Wie is wie").first).to_be_visible()
    assert overflow(page) == []
    page.get_by_role("link", name="Wie is wie").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie is wie")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/bestaat-niet/", 404), ("/doelen/bestaat-niet/", 404), ("/doelen/?zoek=%00", 400), ("/?%00", 400)],
)
def test_error_page(reading, address, status):
    page = reading()
    assert page.goto(address).status == status
    assert_good_for_everybody(page)


def test_a_form_without_its_token_is_refused_kindly(browse):
    page = browse()
    page.goto("/account/inloggen/")
    page.locator("main input[name=csrfmiddlewaretoken]").first.evaluate("one => one.remove()")
    page.get_by_label("E-mail").fill("amina@merenburg.example")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="Stuur mij een code").click()
    assert answer.value.status == 403
    assert_good_for_everybody(page)


@pytest.mark.parametrize("handler", ["forbidden", "server_error"])
def test_error_page_that_no_address_leads_to(page, town, handler):
    html = town.drawn[handler]
    page.route("**/gaat-mis/", lambda route: route.fulfill(status=200, content_type="text/html", body=html))
    page.goto("/gaat-mis/")
    assert_good_for_everybody(page)


def test_a_page_on_paper(page):
    """What is printed holds the plan and the answer."""
    ask(page, PLAN)
    page.emulate_media(media="print")
    expect(page.locator("#doelen")).to_be_visible()
    expect(plan_box(page)).to_be_visible()
    assert len(page.pdf()) > 10_000
