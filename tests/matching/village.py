"""A village small enough to know by heart, for tests of the thinking half. No database."""

from funding.advice import FundingForm
from matching.matcher import Matcher
from matching.shapes import Contact, Corpus, Goal, Initiative, Partner

GREEN = Goal(
    "D1",
    "Vergroten van de biodiversiteit",
    "Inheemse beplanting versterkt het leefgebied van bestuivers.",
    note="Groenplan",
    policy_field="5.7 Openbaar groen",
    portfolio="GR",
    plain_title="Meer bloemen en bijen",
    plain_description="We zaaien bloemen in de berm.",
    search_words="bloemen, struiken, bijen",
    owner="K1",
)
TRAFFIC = Goal(
    "D2",
    "Verkeersveilige schoolomgeving",
    "De breng- en haalbewegingen nemen af.",
    policy_field="2.1 Verkeer",
    portfolio="VE",
    plain_title="Veilig naar school",
    plain_description="Kinderen lopen en fietsen veilig naar school.",
    owner="K2",
)
LONELY = Goal(
    "D3",
    "Terugdringen van eenzaamheid",
    "Signalering en netwerkversterking.",
    policy_field="6.1 Samenkracht",
    portfolio="ZO",
    plain_title="Minder mensen alleen",
    plain_description="Ouderen krijgen bezoek en drinken samen koffie.",
)
ECOLOGIST = Contact("K1", "Ecoloog", "Bloemen, nestkasten, biodiversiteit.", portfolios=("GR",))
TRAFFIC_ADVISER = Contact(
    "K2", "Adviseur verkeer", "Fietspaden en schoolroutes.", portfolios=("VE",), deputy="K3"
)
PLANNER = Contact("K3", "Verkeerskundige", "Kruispunten.", portfolios=("VE",))
CARER = Contact("K4", "Adviseur ouderen", "Bezoek aan ouderen, koffie, eenzaamheid.", portfolios=("ZO",))
COORDINATOR = Contact("K5", "Dorpsregisseur", "Aanspreekpunt in Noord.", districts=("Noord",))
DESK = Contact("K9", "Loket", "Voor ieder plan.", front_desk=True)
BEEKEEPERS = Partner("P1", "De Korf", "vereniging", ("Noord",), "Bijen en bloemen", "Zaden en uitleg")
CYCLISTS = Partner("P2", "Fietsclub", "vereniging", ("alle",), "Veilig fietsen", "Fietslessen op school")
SHUT = Partner("P3", "Bloemenvrienden", "stichting", ("alle",), "Bloemen", "Bloemen", open=False)
MEADOW = Initiative("I1", "Bloemenwei", "We zaaien bloemen langs de sloot voor de bijen.", "Noord")
COFFEE = Initiative("I2", "Koffie bij Riet", "Elke dinsdag koffie voor ouderen in de buurt.", "Zuid")
FORMS = tuple(FundingForm(key, key) for key in ("BB", "IF", "BM", "FC", "MA", "LF", "PL", "CF", "CG"))

VILLAGE = Corpus(
    goals=(GREEN, TRAFFIC, LONELY),
    contacts=(ECOLOGIST, TRAFFIC_ADVISER, PLANNER, CARER, COORDINATOR, DESK),
    partners=(BEEKEEPERS, CYCLISTS, SHUT),
    initiatives=(MEADOW, COFFEE),
    forms=FORMS,
    places=("Kleindorp", "Noord", "Zuid"),
)
MATCHER = Matcher(VILLAGE)
