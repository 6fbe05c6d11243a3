"""The lists of the desk as files: for who works here."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.models import Criterion
from agreements.sheets import DEMAND_COLUMNS, FRAMEWORKS, IN_ADDRESS, LIBRARY
from contacts.models import Absence, AccountManager, Person, Portfolio, PortfolioHolder, Term
from contacts.sheets import ONE_OF_TWO, PARTNER_COLUMNS, PARTNERS, PEOPLE_BEHIND, with_portfolios
from desk.models import ReplyTemplate
from funding.models import Scheme
from funding.sheets import FORMS
from goals.sheets import GOAL_COLUMNS, GOALS, NOTE_COLUMNS, NOTES
from goals.sheets import whole as whole_goals
from initiatives.models import Initiative
from initiatives.sheets import INSIDE
from townhall.models import Text
from townhall.sheets import Column, Sheet

ON_ITS_PAGE = "long; stands on the page of the plan"
INBOX = Sheet(
    "werkbank",
    Initiative,
    [
        Column(_("Kenmerk"), "reference"),
        Column(_("Titel"), "title"),
        Column(_("In één zin"), "summary"),
        Column(_("Staat"), "state"),
        Column(_("Soort"), "kind"),
        Column(_("Van wie"), "submitted_by"),
        Column(_("Organisatie"), "organisation.name"),
        Column(_("Wijk"), "district.name"),
        Column(_("Plek"), "place"),
        Column(_("Contactpersoon"), "contact.function"),
        Column(_("Afdeling"), "contact.department.name"),
        Column(_("Ingediend op"), "submitted_at"),
        Column(_("Wat moet eerst, uiterlijk"), "due_on"),
        Column(_("Termijnen die lopen"), "ticking.kind"),
        Column(_("Begint op"), "starts_on"),
        Column(_("Eindigt op"), "ends_on"),
        Column(_("Mag op de site"), "wants_public"),
        Column(_("Op de site sinds"), "released_at"),
    ],
    left_out={name: why for name, why in INSIDE.items() if name != "place"}
    | dict.fromkeys(("story", "existing", "offered", "asked"), ON_ITS_PAGE)
    | {"goals": "stand on the page of the plan", "created_at": "when typing began"},
    audience="officer",
    fetch=lambda plans, user: plans.select_related("organisation"),
)

SILENT = replace(
    INBOX,
    name="stille-plannen",
    columns=[
        Column(_("Kenmerk"), "reference"),
        Column(_("Titel"), "title"),
        Column(_("Staat"), "state"),
        Column(_("Wijk"), "district.name"),
        Column(_("Contactpersoon"), "contact.function"),
        Column(_("Ingediend op"), "submitted_at"),
        Column(_("Laatste teken van leven"), "last_sign"),
    ],
    left_out=INBOX.left_out
    | dict.fromkeys(
        ("summary", "kind", "submitted_by", "organisation", "place", "starts_on", "ends_on"), ON_ITS_PAGE
    )
    | dict.fromkeys(("wants_public", "released_at"), "only what is on the site is in the list"),
)
LAST_CONTACT = Column(_("Laatste contact"), "last_contact")
RELATIONS = replace(PARTNERS, name="relaties", columns=[*PARTNER_COLUMNS, LAST_CONTACT], audience="officer")
PERSONS = Sheet(
    "personen",
    Person,
    [
        Column(_("Naam"), "name"),
        Column(_("Organisatie"), "organisation.name"),
        Column(_("Bron"), "source"),
        Column(_("Grondslag"), "ground"),
        Column(_("Toestemming gegeven op"), "consented_on"),
        Column(_("Toestemming ingetrokken op"), "withdrawn_on"),
        Column(_("Geïnformeerd op"), "informed_on"),
        Column(_("Opgeschreven op"), "noted_at"),
        LAST_CONTACT,
    ],
    left_out=dict.fromkeys(("email", "phone"), "shown one by one, with a reason")
    | {"noted_by": "stands on the page of the person"},
    audience="officer",
)

SINCE, UNTIL = _("Vanaf"), _("Tot en met")
MANAGED = {  # name in the table of nouns -> the list as a file
    "doelen": replace(
        GOALS,
        columns=[*GOAL_COLUMNS, Column(_("Zoekwoorden"), "search_words")],
        left_out={"slug": IN_ADDRESS},
        audience="manager",
        fetch=whole_goals,
    ),
    "notas": replace(NOTES, columns=NOTE_COLUMNS, audience="manager"),
    "ambtstermijnen": Sheet(
        "ambtstermijnen",
        Term,
        [
            Column(_("Portefeuille"), "portfolio.name"),
            Column(_("Wie"), "holder.name"),
            Column(SINCE, "since"),
            Column(UNTIL, "until"),
        ],
        audience="manager",
    ),
    "portefeuillehouders": Sheet(
        "portefeuillehouders",
        PortfolioHolder,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Naam"), "name"),
            Column(_("Functie"), "title"),
            Column(_("Partij"), "party"),
            Column(_("E-mail"), "email"),
            Column(_("Portefeuilles, nu en eerder"), "terms.portfolio.name"),
        ],
        left_out={"photo": "a picture is no cell"},
        audience="manager",
    ),
    "portefeuilles": Sheet(
        "portefeuilles",
        Portfolio,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Onderwerp"), "name"),
            Column(_("Rol"), "role"),
            Column(_("Wie nu"), "holder.name"),
        ],
        audience="manager",
    ),
    "accounthouders": Sheet(
        "accounthouders",
        AccountManager,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Functie"), "function"),
            Column(_("Afdeling"), "department.name"),
            Column(_("Naam"), "name"),
            Column(_("Naam en foto openbaar"), "name_is_public"),
            Column(_("E-mail"), "email"),
            Column(_("Telefoon"), "phone"),
            Column(_("Waar je hiervoor terechtkunt"), "expertise"),
            Column(_("Beleidsvelden"), "policy_fields"),
            Column(_("In de hele gemeente"), "works_everywhere"),
            Column(_("Wijken"), "districts.name"),
            Column(_("Portefeuilles"), "portfolios.name"),
            Column(_("Ruimte voor plannen"), "room"),
            Column(_("In dienst vanaf"), "available_from"),
            Column(_("In dienst tot en met"), "available_until"),
            Column(_("Vaste vervanger"), "deputy.function"),
            Column(_("Is het loket"), "is_front_desk"),
        ],
        left_out={"user": "an account stands in the list of roles", "photo": "a picture is no cell"},
        audience="manager",
        fetch=with_portfolios,
    ),
    "afwezigheid": Sheet(
        "afwezigheid",
        Absence,
        [
            Column(_("Wie"), "manager.function"),
            Column(_("Eerste dag"), "since"),
            Column(_("Laatste dag"), "until"),
            Column(_("Vervanger"), "deputy.function"),
        ],
        audience="manager",
    ),
    "partners": replace(
        PARTNERS,
        columns=[
            *PARTNER_COLUMNS,
            Column(_("E-mail"), "email"),
            Column(_("Krijgt subsidie van de gemeente"), "is_subsidised"),
        ],
        left_out={"representatives": PEOPLE_BEHIND, "merged_into": ONE_OF_TWO},
        audience="manager",
        fetch=lambda partners, user: partners.with_districts(),
    ),
    "financieringsvormen": replace(FORMS, audience="manager"),
    "regelingen": Sheet(
        "regelingen",
        Scheme,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Naam"), "name"),
            Column(_("Manier om te betalen"), "form.name"),
            Column(_("Waar het voor is"), "summary"),
            Column(_("Voor wie"), "for_whom"),
            Column(_("Wat je ervan betaalt"), "needs"),
            Column(_("Van wie"), "provider.name"),
            Column(_("Plafond in euro"), "ceiling"),
            Column(_("Laagste bedrag per aanvraag in euro"), "least_per_application"),
            Column(_("Hoogste bedrag per aanvraag in euro"), "most_per_application"),
            Column(_("Eigen deel in procent"), "own_share"),
            Column(_("Open vanaf"), "opens_on"),
            Column(_("Open tot en met"), "closes_on"),
            Column(_("Voorwaarden"), "conditions"),
            Column(_("Wijken"), "districts.name"),
            Column(_("Beleidsvelden"), "policy_fields.name"),
            Column(_("CVDR-nummer"), "cvdr"),
            Column(_("Meer lezen"), "url"),
            Column(_("Contact"), "contact"),
        ],
        audience="manager",
        fetch=lambda schemes, user: schemes.for_pages().prefetch_related("policy_fields"),
    ),
    "teksten": Sheet(
        "teksten", Text, [Column(_("Waar"), "key"), Column(_("Tekst"), "body")], audience="manager"
    ),
    "eisen": replace(
        LIBRARY,
        columns=[*DEMAND_COLUMNS, Column(_("In gebruik"), "is_used")],
        left_out={"slug": IN_ADDRESS},
        audience="manager",
    ),
    "afwegingskaders": replace(FRAMEWORKS, audience="manager"),
    "criteria": Sheet(
        "criteria",
        Criterion,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Afwegingskader"), "framework.title"),
            Column(_("Volgorde"), "order"),
            Column(_("Waar het over gaat"), "dimension"),
            Column(_("Naam"), "name"),
            Column(_("Vraag"), "question"),
            Column(_("Wat telt mee"), "counts"),
        ],
        audience="manager",
    ),
    "rollen": Sheet(
        "rollen",
        User,
        [
            Column(_("E-mailadres"), "email"),
            Column(_("Rol"), "role"),
            Column(_("Tweede stap staat aan"), "has_second_factor"),
            Column(_("Laatst ingelogd"), "last_login"),
            Column(_("Account sinds"), "joined_at"),
            Column(_("Account werkt"), "is_active"),
            Column(_("Contactpersoon"), "account_manager.function"),
        ],
        left_out={
            "name": "what somebody calls themselves is theirs; the function says who it is",
            "password": "empty: nobody has one",
        },
        audience="employer",
    ),
    "antwoordzinnen": Sheet(
        "antwoordzinnen",
        ReplyTemplate,
        [
            Column(_("Kenmerk"), "key"),
            Column(_("Naam van de zin"), "title"),
            Column(_("Bij welke stap"), "verb"),
            Column(_("De zin"), "body"),
            Column(_("Volgorde"), "order"),
            Column(_("In gebruik"), "is_used"),
        ],
        audience="manager",
    ),
}
