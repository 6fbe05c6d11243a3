"""Who may do what at which address: the access matrix. A route that is not in it fails the suite.

route -> address -> who -> what GET, HEAD, OPTIONS, POST, PUT, PATCH and DELETE answer: a status, or the name
of the page to which the answer leads. Addresses are those of the town in town.py. Staff without a second
factor need no row: they are led to setting it up, and the API answers 403; `BARE` rows are the exceptions.
"""

from functools import cache

from django.urls import resolve

from tests.house.town import LOOK_ALONG, PICTURES, SECRET_ADDRESS

CLERK = "clerk"  # sees what a council member sees; the rows that name one say what is different
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
EVERYBODY = "visitor initiator resident officer council manager"
SIGNED_IN = "initiator resident officer council manager"
RESIDENTS = "initiator resident"
STAFF = "officer council manager"
WRITERS = "officer manager"
OTHERS = "resident officer council manager"  # all but whose plan it is
BARE = "officer without second factor"  # stands for all staff; see the test of the other two
ACTORS = (*EVERYBODY.split(), CLERK, BARE)
WITNESS = "officer"  # who asks what is the same for everybody: see `asked`
OUTSIDERS = {"visitor", "resident"}  # who may not even learn what there is

PAGE = "200 200 200 405 405 405 405"
GONE = "404 404 200 405 405 405 405"  # OPTIONS says what a page can do, never whether something is there
FILE = "200 200 405 405 405 405 405"
NO_FILE = "404 404 405 405 405 405 405"
FORM = "200 200 200 200 200 405 405"
NOTHING = "404 404 404 404 404 404 404"
REFUSED = "403 403 403 403 403 403 403"


TYPED = "200 200 405 200 405 405 405"  # a form that is drawn and sent at one address
SENT = "405 405 405 200 405 405 405"  # a form of another page, drawn again because something is missing
SENT_BY_OTHERS = SENT.replace("200", "404")
DRAWN_AGAIN = "200 200 405 400 405 405 405"  # the same, where what is missing is an error
SENT_EMPTY = "405 405 405 400 405 405 405"  # what only takes a POST, and needs something in it


def leads(name):
    """Whatever is asked, the answer leads to the page of this name."""
    return " ".join([name] * len(METHODS))


LOGIN, HOME, AGAIN = leads("account_login"), leads("home"), leads("mfa_reauthenticate")
PROMISED_BY_OTHERS = TYPED.replace("200", "404")
HANDED_BACK = " ".join("403" if method == "post" else "account_login" for method in METHODS)  # what was typed
ENTRANCE = {"visitor": FORM, SIGNED_IN: HOME, BARE: HOME}  # there is nothing to enter for who is in

NOT_AT_THE_DESK = {  # who was signed out while typing gets it back; for others there is no desk
    "visitor": "404 404 404 403 404 404 404",
    "initiator resident council": NOTHING,
}

NOT_MANAGED = NOT_AT_THE_DESK | {"initiator resident officer council": NOTHING}
NO_QUESTIONS = {"visitor": "404 404 404 403 404 404 404"}  # what was typed comes back; there is nothing else
NO_STEP = "200 200 405 404 405 405 405"  # one that ended: there is nothing to do
KEPT = "200 200 405 200 405 405 405"  # a form for managers: sent empty it says what is missing
NO_KEPT = "404 404 405 404 405 405 405"
MAKES, CHANGES = "200 200 405 400 405 405 405", "200 200 405 405 405 400 405"
NO_CHANGES = "404 404 405 405 405 404 405"
HANDS_OVER = "200 200 405 desk:hand-over 405 405 405"  # the one that is there already
NO_RECORD = "405 405 405 404 405 405 405"

ON_A_PLAN = "405 405 405 415 405 405 405"  # a form is no JSON
NOT_OURS = "405 405 405 405 405 405 405"  # only officers do something here
OF_INITIATORS = {"stappen": ON_A_PLAN, "vragen": ON_A_PLAN}

NO_MANAGERS = "visitor initiator resident officer council"
ALSO_KEPT = {
    "afwegingskaders": "A01",
    "eisen": "S01",
    "financieringsvormen": "bb",
    "portefeuillehouders": "els",
    "portefeuilles": "groen",
}

ACCESS = {
    # The shell
    "home": {"/": {EVERYBODY: FILE}},
    "about": {"/over/": {EVERYBODY: FILE}},
    "privacy": {"/privacy/": {EVERYBODY: FILE}},
    "accessibility": {"/toegankelijkheid/": {EVERYBODY: FILE}},
    "style": {"/stijl/": {EVERYBODY: FILE}},
    "theme": {"/thema.css": {EVERYBODY: FILE, BARE: FILE}},
    "photo": {"/portretten/loes.svg": {EVERYBODY: FILE}, "/portretten/niemand.svg": {EVERYBODY: NO_FILE}},
    "robots": {"/robots.txt": {EVERYBODY: FILE}},
    "security-txt": {"/.well-known/security.txt": {EVERYBODY: FILE}},
    "health": {"/gezond": {EVERYBODY: FILE, BARE: FILE}},
    # Pages, each with its twin further on
    "wegwijzer": {"/wegwijzer/": {EVERYBODY: "200 200 405 200 405 405 405"}},
    "overview:search": {"/zoeken/": {EVERYBODY: FILE}},
    "goals:list": {"/doelen/": {EVERYBODY: PAGE}},
    "goals:detail": {
        "/doelen/vergroenen/": {EVERYBODY: PAGE},
        "/doelen/oud/": {EVERYBODY: PAGE},
        "/doelen/concept/": {WRITERS: PAGE, "visitor initiator resident council": GONE},
        "/doelen/niets/": {EVERYBODY: GONE},
    },
    "goals:notes": {"/notas/": {EVERYBODY: PAGE}},
    "goals:note": {"/notas/groennota/": {EVERYBODY: PAGE}, "/notas/niets/": {EVERYBODY: GONE}},
    "contacts:people": {"/wie-is-wie/": {EVERYBODY: PAGE}},
    "contacts:holder": {
        "/wie-is-wie/bestuur/els/": {EVERYBODY: PAGE},
        "/wie-is-wie/bestuur/niets/": {EVERYBODY: GONE},
    },
    "contacts:manager": {
        "/wie-is-wie/groenadviseur/": {EVERYBODY: PAGE},
        "/wie-is-wie/vertrokken/": {EVERYBODY: GONE},
        "/wie-is-wie/niets/": {EVERYBODY: GONE},
    },
    "contacts:partners": {"/partners/": {EVERYBODY: PAGE}},
    "contacts:partner": {"/partners/tuinclub/": {EVERYBODY: PAGE}, "/partners/niets/": {EVERYBODY: GONE}},
    "funding:list": {"/financiering/": {EVERYBODY: PAGE}},
    "funding:detail": {
        "/financiering/buurtbudget/": {EVERYBODY: PAGE},
        "/financiering/niets/": {EVERYBODY: GONE},
    },
    "initiatives:list": {"/initiatieven/": {EVERYBODY: PAGE}},
    "initiatives:detail": {
        "/initiatieven/IW-2026-0001/": {EVERYBODY: PAGE},
        "/initiatieven/IW-2026-0002/": {"initiator officer manager": PAGE, "visitor resident council": GONE},
        "/initiatieven/IW-2026-0003/": {"initiator officer manager": PAGE, "visitor resident council": GONE},
        "/initiatieven/None/": {EVERYBODY: GONE},
        "/initiatieven/niets/": {EVERYBODY: GONE},
    },
    # Promises
    "agreements:commitments": {"/toezeggingen/": {EVERYBODY: PAGE}},
    "agreements:commitments-feed": {"/toezeggingen/feed/": {EVERYBODY: FILE}},
    "agreements:promise": {
        "/toezeggingen/nieuw/IW-2026-0002/": {
            "visitor": HANDED_BACK,
            "initiator officer manager": MAKES,
            "resident council": PROMISED_BY_OTHERS,
        },
        "/toezeggingen/nieuw/niets/": {"visitor": HANDED_BACK, SIGNED_IN: PROMISED_BY_OTHERS},
    },
    "agreements:act": {
        **{
            f"/toezeggingen/T21/{act}/": {
                "visitor": HANDED_BACK,
                WRITERS: MAKES,
                "initiator resident council": PROMISED_BY_OTHERS,
            }
            for act in ("nakomen", "verschuiven", "vervallen", "verbeteren", "verbergen")
        },
        "/toezeggingen/T23/nakomen/": {
            "visitor": HANDED_BACK,
            "initiator": MAKES,
            OTHERS: PROMISED_BY_OTHERS,
        },
        "/toezeggingen/T21/niets/": {"visitor": HANDED_BACK, SIGNED_IN: PROMISED_BY_OTHERS},
    },
    # Plans of one's own, and the desk
    "initiatives:feed": {"/initiatieven/feed/": {EVERYBODY: FILE}},
    "initiatives:new": {"/initiatieven/nieuw/": {EVERYBODY: TYPED}},
    "initiatives:concept": {
        f"/initiatieven/concept/{SECRET_ADDRESS}/": {
            "visitor": HANDED_BACK,
            "initiator": TYPED.replace("200", "initiatives:receipt"),
            OTHERS: TYPED.replace("200", "404"),
        }
    },
    "initiatives:receipt": {
        f"/initiatieven/concept/{SECRET_ADDRESS}/ontvangen/": {
            "visitor": LOGIN,
            "initiator": FILE,
            OTHERS: NO_FILE,
        }
    },
    "overview:mine": {"/mijn/": {"visitor": LOGIN, SIGNED_IN: FILE}},
    "overview:mails": {
        "/mijn/mails/": {
            "visitor": HANDED_BACK,
            SIGNED_IN: TYPED.replace("405 200 405", "405 overview:mails 405"),
        }
    },
    "overview:plan": {f"/mijn/{SECRET_ADDRESS}/": {"visitor": LOGIN, "initiator": FILE, OTHERS: NO_FILE}},
    "overview:edit": {
        f"/mijn/{SECRET_ADDRESS}/veranderen/": {
            "visitor": HANDED_BACK,
            "initiator": TYPED,
            OTHERS: TYPED.replace("200", "404"),
        }
    },
    "overview:write": {
        f"/mijn/{SECRET_ADDRESS}/bericht/": {
            "visitor": HANDED_BACK,
            "initiator": SENT,
            OTHERS: SENT_BY_OTHERS,
        }
    },
    "overview:step": {
        f"/mijn/{SECRET_ADDRESS}/stap/pause/": {
            "visitor": HANDED_BACK,
            "initiator": SENT,
            OTHERS: SENT_BY_OTHERS,
        },
        f"/mijn/{SECRET_ADDRESS}/stap/start/": {"visitor": HANDED_BACK, SIGNED_IN: SENT_BY_OTHERS},
    },
    "agreements:library": {"/eisen/": {EVERYBODY: PAGE}},
    "agreements:standard-requirement": {
        "/eisen/verzekering/": {EVERYBODY: PAGE},
        "/eisen/niets/": {EVERYBODY: GONE},
    },
    "agreements:requirement-choose": {"/werkbank/IW-2026-0002/eisen/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "agreements:requirement-new": {
        "/werkbank/IW-2026-0002/eisen/nieuw/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK
    },
    "agreements:requirement-act": {
        "/werkbank/IW-2026-0002/eisen/E002/veranderen/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/eisen/E002/vervalt/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/eisen/E002/niets/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/eisen/E001/vervalt/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,  # of another
    },
    "agreements:requirement-ask": {
        f"/mijn/{SECRET_ADDRESS}/eisen/E002/vraag/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        },
        f"/mijn/{SECRET_ADDRESS}/eisen/E001/vraag/": {"visitor": HANDED_BACK, SIGNED_IN: NO_KEPT},
    },
    "agreements:frameworks": {"/afwegingskader/": {EVERYBODY: PAGE}},
    "agreements:framework": {
        "/afwegingskader/A01/": {EVERYBODY: PAGE},
        "/afwegingskader/A02/": {"manager": PAGE, NO_MANAGERS: GONE},  # a draft
        "/afwegingskader/niets/": {EVERYBODY: GONE},
    },
    "agreements:assess": {
        "/werkbank/IW-2026-0002/afweging/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/niets/afweging/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "agreements:close-assessment": {
        "/werkbank/IW-2026-0002/afweging/afronden/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0003/afweging/afronden/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "agreements:assessment-mine": {
        f"/mijn/{SECRET_ADDRESS}/afweging/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        },
    },
    "overview:dealings": {
        "/raad/omgang/": {"visitor": LOGIN, RESIDENTS: FILE.replace("200", "403"), STAFF: FILE}
    },
    "overview:equal-treatment": {
        "/raad/gelijke-behandeling/": {
            "visitor": LOGIN,
            RESIDENTS: FILE.replace("200", "403"),
            STAFF: FILE,
        },
    },
    "overview:council": {
        "/raad/": {"visitor": LOGIN, RESIDENTS: FILE.replace("200", "403"), STAFF: FILE},
    },
    "desk:inbox": {"/werkbank/": {WRITERS: PAGE} | NOT_AT_THE_DESK},
    # Organisations and people, for officers
    **{
        f"desk:{name}": {f"/werkbank/relaties/{path}": {WRITERS: PAGE} | NOT_AT_THE_DESK}
        for name, path in {"relations": "", "silent": "stil/", "persons": "personen/"}.items()
    },
    "desk:person-new": {"/werkbank/relaties/personen/nieuw/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK},
    "desk:person": {
        "/werkbank/relaties/personen/77/": {WRITERS: FILE} | NOT_AT_THE_DESK,
        "/werkbank/relaties/personen/0/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,
    },
    "desk:person-look": {"/werkbank/relaties/personen/77/inkijken/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK},
    "desk:person-moment": {
        "/werkbank/relaties/personen/77/contactmoment/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK
    },
    "desk:person-act": {
        **{
            f"/werkbank/relaties/personen/77/{act}/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK
            for act in ("brief", "verteld", "intrekken", "veranderen", "wissen")
        },
        "/werkbank/relaties/personen/77/niets/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "desk:network": {"/werkbank/relaties/netwerk/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "desk:doubles": {"/werkbank/relaties/dubbel/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "desk:double": {
        "/werkbank/relaties/dubbel/tuinclub/oudeclub/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/relaties/dubbel/tuinclub/niets/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:apart": {
        "/werkbank/relaties/dubbel/tuinclub/oudeclub/twee/": {
            WRITERS: SENT_EMPTY.replace("400", "desk:doubles")
        }
        | NOT_AT_THE_DESK
    },
    "desk:take-step": {
        "/werkbank/relaties/stap/0/": {WRITERS: SENT_EMPTY.replace("400", "404")} | NOT_AT_THE_DESK
    },
    "desk:relation": {
        "/werkbank/relaties/tuinclub/": {WRITERS: FILE} | NOT_AT_THE_DESK,
        "/werkbank/relaties/niets/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,
    },
    "desk:relation-moment": {
        "/werkbank/relaties/tuinclub/contactmoment/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK
    },
    **{
        f"api:{name}": {f"/api/v1/{path}": {WRITERS: answers, "visitor initiator resident council": NOTHING}}
        for name, path, answers in (
            ("relaties-list", "relaties", FILE),
            ("relaties-detail", "relaties/tuinclub", FILE),
            ("relaties-tijdlijn", "relaties/tuinclub/tijdlijn", FILE),
            ("relaties-samenvoeging", "relaties/tuinclub/samenvoeging", ON_A_PLAN),
            ("dubbele-relaties", "dubbele-relaties", "200 200 405 415 405 405 405"),
            ("netwerk", "netwerk", FILE),
            ("personen-list", "personen", MAKES),
            ("personen-detail", "personen/77", CHANGES),
            *(
                (f"personen-{act}", f"personen/77/{act}", ON_A_PLAN)
                for act in ("brief", "verteld", "intrekking", "wissing", "inkijken")
            ),
            ("stille-initiatieven-list", "stille-initiatieven", FILE),
            ("contactmomenten-list", "contactmomenten", MAKES),
            ("contactmomenten-detail", "contactmomenten/0", NO_FILE),
            ("contactmomenten-volgende-stap", "contactmomenten/0/volgende-stap", NO_RECORD),
        )
    },
    "desk:role": {"/werkbank/afwezig/": {WRITERS: "200 200 405 404 405 405 405"} | NOT_AT_THE_DESK},
    "desk:back": {
        "/werkbank/afwezig/1/terug/": {WRITERS: SENT_EMPTY.replace("400", "404")} | NOT_AT_THE_DESK
    },
    "desk:letter-new": {
        "/werkbank/brieven/nieuw/plannen/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/brieven/nieuw/partners/": {"manager": DRAWN_AGAIN, "officer": NO_KEPT} | NOT_AT_THE_DESK,
        "/werkbank/brieven/nieuw/niets/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:letter": {
        "/werkbank/brieven/77/": {"manager": DRAWN_AGAIN, "officer": NO_KEPT} | NOT_AT_THE_DESK,
        "/werkbank/brieven/1/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:plan": {
        "/werkbank/IW-2026-0002/": {WRITERS: FILE} | NOT_AT_THE_DESK,
        "/werkbank/niets/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,
    },
    "desk:add": {
        "/werkbank/IW-2026-0002/toevoegen/doel/": {WRITERS: FILE} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/toevoegen/niets/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,
    },
    **{
        name: {f"/werkbank/IW-2026-0002/{path}/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK}
        for name, path in {
            "desk:triage": "verwerken",
            "desk:judge": "oordeel/bevestigen",
            "desk:assign": "contact",
            "desk:step": "stap/start",
            "desk:release": "openbaar",
            "desk:write": "bericht",
            "desk:record": "contactmoment",
            "desk:people": "inkijken",
            "desk:ask-colleague": "collegas",
        }.items()
    },
    "desk:decision-new": {
        "/werkbank/IW-2026-0002/besluiten/nieuw/": {WRITERS: "200 200 405 400 405 405 405"} | NOT_AT_THE_DESK
    },
    "desk:decision": {
        "/werkbank/IW-2026-0002/besluiten/B002/": {WRITERS: FILE} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/besluiten/B001/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,  # another plan's
    },
    "desk:decision-act": {
        **{
            f"/werkbank/IW-2026-0002/besluiten/B002/{act}/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK
            for act in ("besluiten", "verplaatsen", "stilzetten", "hervatten", "intrekken", "rechtzetten")
        },
        "/werkbank/IW-2026-0002/besluiten/B002/niets/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "desk:colleague-done": {
        "/werkbank/IW-2026-0002/collegas/77/klaar/": {WRITERS: SENT_EMPTY.replace("400", "404")}
        | NOT_AT_THE_DESK
    },
    "desk:day": {"/werkbank/mijn-dag/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "desk:day-goal": {
        "/werkbank/mijn-dag/doelen/vergroenen/klopt/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "desk:batch-new": {
        "/werkbank/samen/": {WRITERS: NO_KEPT.replace("404 404", "desk:inbox desk:inbox")} | NOT_AT_THE_DESK
    },
    "desk:batch": {
        "/werkbank/samen/77/": {"officer": FILE, "manager": NO_FILE} | NOT_AT_THE_DESK,
        "/werkbank/samen/0/": {WRITERS: NO_FILE} | NOT_AT_THE_DESK,
    },
    "desk:batch-undo": {
        "/werkbank/samen/77/terug/": {"officer": SENT.replace("200", "desk:batch"), "manager": NO_RECORD}
        | NOT_AT_THE_DESK,
    },
    "desk:notes": {
        "/werkbank/IW-2026-0002/notities/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/niets/notities/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:note-read": {
        "/werkbank/IW-2026-0002/notities/77/gelezen/": {WRITERS: SENT.replace("200", "desk:notes")}
        | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0001/notities/77/gelezen/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "desk:cancel-colleague": {
        "/werkbank/IW-2026-0002/collegas/77/afzeggen/": {WRITERS: SENT_EMPTY.replace("400", "404")}
        | NOT_AT_THE_DESK
    },
    "api:initiatieven-meebehandelaars-afgezegd": {
        "/api/v1/initiatieven/IW-2026-0002/meebehandelaars-afgezegd": {
            WRITERS: ON_A_PLAN,
            "visitor initiator resident council": NOTHING,
        }
    },
    "desk:undo-triage": {
        "/werkbank/IW-2026-0002/terugdraaien/": {WRITERS: SENT_EMPTY.replace("400", "409")} | NOT_AT_THE_DESK
    },
    "desk:save-filter": {"/werkbank/filters/bewaren/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK},
    "desk:forget-filter": {
        "/werkbank/filters/1/weg/": {WRITERS: SENT_EMPTY.replace("400", "404")} | NOT_AT_THE_DESK
    },
    "desk:hand-over-new": {
        "/beheer/accounthouders/groenadviseur/overdragen/": {"manager": HANDS_OVER, "officer": NO_KEPT}
        | NOT_AT_THE_DESK,
        "/beheer/accounthouders/niets/overdragen/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:hand-over": {
        "/beheer/overdrachten/77/": {"manager": KEPT, "officer": NO_KEPT} | NOT_AT_THE_DESK,
        "/beheer/overdrachten/0/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:hand-over-plans": {
        "/beheer/overdrachten/77/plannen/": {"manager": KEPT, "officer": NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:manage": {"/beheer/": {"manager": FILE} | NOT_MANAGED},
    "desk:coverage": {"/beheer/dekking/": {"manager": FILE, "officer": NO_FILE} | NOT_AT_THE_DESK},
    "desk:manage-parked": {
        "/beheer/berichten/": {"manager": "200 200 405 desk:manage-parked 405 405 405"} | NOT_MANAGED
    },
    "desk:intakes": {"/beheer/inlezen/": {"manager": DRAWN_AGAIN} | NOT_MANAGED},
    "desk:intake": {
        "/beheer/inlezen/77/": {"manager": DRAWN_AGAIN} | NOT_MANAGED,
        "/beheer/inlezen/1/": {"manager": NO_KEPT} | NOT_MANAGED,
    },
    "desk:intake-example": {
        "/beheer/inlezen/voorbeeld/partners/": {"manager": FILE} | NOT_MANAGED,
        "/beheer/inlezen/voorbeeld/niets/": {"manager": NO_FILE} | NOT_MANAGED,
    },
    "desk:manage-second-step": {"/beheer/tweede-stap/": {"manager": KEPT} | NOT_MANAGED},
    "desk:manage-list": {
        **{
            f"/beheer/{noun}/": {"manager": FILE} | NOT_MANAGED
            for noun in (
                "accounthouders",
                "afwegingskaders",
                "criteria",
                "afwezigheid",
                "ambtstermijnen",
                "doelen",
                "eisen",
                "financieringsvormen",
                "notas",
                "partners",
                "portefeuillehouders",
                "portefeuilles",
                "regelingen",
                "rollen",
                "antwoordzinnen",
                "teksten",
            )
        },
        "/beheer/gemeente/": {"manager": "desk:manage-edit desk:manage-edit 405 405 405 405 405"}
        | NOT_MANAGED,
        "/beheer/wegwijzer/": {"manager": "desk:manage-edit desk:manage-edit 405 405 405 405 405"}
        | NOT_MANAGED,
        "/beheer/niets/": {"manager": NO_FILE} | NOT_MANAGED,
    },
    "desk:manage-new": {
        "/beheer/doelen/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/afwegingskaders/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/criteria/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/eisen/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/rollen/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/antwoordzinnen/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/regelingen/nieuw/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/gemeente/nieuw/": {"manager": NO_KEPT} | NOT_MANAGED,
        "/beheer/niets/nieuw/": {"manager": NO_KEPT} | NOT_MANAGED,
    },
    "desk:manage-edit": {
        **{
            f"/beheer/{place}/": {"manager": KEPT} | NOT_MANAGED
            for place in (
                "accounthouders/groenadviseur",
                "accounthouders/vertrokken",
                "doelen/vergroenen",
                "doelen/concept",
                "eisen/S01",
                "afwegingskaders/A01",
                "afwegingskaders/A02",
                "criteria/C01",
                "criteria/C02",
                "financieringsvormen/bb",
                "gemeente/1",
                "notas/groennota",
                "partners/tuinclub",
                "portefeuillehouders/els",
                "portefeuilles/groen",
                "regelingen/tuinfonds",
                "teksten/welcome",
                "teksten/promise",
                "wegwijzer/1",
                "antwoordzinnen/welkom",
            )
        },
        **{
            f"/beheer/{place}/": {"manager": NO_KEPT} | NOT_MANAGED
            for place in (
                "doelen/niets",
                "niets/1",
                "ambtstermijnen/0",
                "afwezigheid/x",
                "gemeente/2",
                "rollen/0",
            )
        },
    },
    "desk:manage-act": {
        "/beheer/doelen/vergroenen/goed/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/doelen/vergroenen/woord/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/afwegingskaders/A02/vaststellen/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/criteria/C01/weg/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/accounthouders/groenadviseur/vergeten/": {"manager": KEPT} | NOT_MANAGED,
        "/beheer/doelen/vergroenen/niets/": {"manager": NO_KEPT} | NOT_MANAGED,
        "/beheer/doelen/niets/goed/": {"manager": NO_KEPT} | NOT_MANAGED,
    },
    # What was agreed
    "agreements:look-along": {
        f"/meekijken/{LOOK_ALONG}/": {EVERYBODY: FILE},
        "/meekijken/77:niets/": {EVERYBODY: NO_FILE},
    },
    "agreements:ask-onlooker": {
        f"/mijn/{SECRET_ADDRESS}/meekijken/": {
            "visitor": HANDED_BACK,
            "initiator": TYPED,
            OTHERS: TYPED.replace("200", "404"),
        }
    },
    "agreements:revoke-onlooker": {
        f"/mijn/{SECRET_ADDRESS}/meekijken/77/weg/": {
            "visitor": HANDED_BACK,
            SIGNED_IN: SENT_BY_OTHERS,
        }
    },
    "api:initiatieven-meebehandelaars": {
        "/api/v1/initiatieven/IW-2026-0002/meebehandelaars": {
            WRITERS: "200 200 405 415 405 405 405",
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-meebehandelaars-klaar": {
        "/api/v1/initiatieven/IW-2026-0002/meebehandelaars-klaar": {
            WRITERS: ON_A_PLAN,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-meekijkers": {
        "/api/v1/initiatieven/IW-2026-0002/meekijkers": {
            "initiator": "200 200 405 415 405 405 409",
            WRITERS: "200 200 405 415 405 405 409",
            "visitor resident council": NOTHING,
        }
    },
    # Files, texts before, and dossiers
    **{
        f"agreements:attachment{name}": {
            f"/initiatieven/IW-2026-0001/bijlagen/{PICTURES['public']}/{path}": {EVERYBODY: FILE},
            f"/initiatieven/IW-2026-0002/bijlagen/{PICTURES['shared']}/{path}": {
                "initiator officer manager": FILE,
                "visitor resident council": NO_FILE,
            },
            f"/initiatieven/IW-2026-0002/bijlagen/{PICTURES['inside']}/{path}": {
                WRITERS: FILE,
                "visitor initiator resident council": NO_FILE,
            },
            f"/initiatieven/IW-2026-0001/bijlagen/{PICTURES['shared']}/{path}": {EVERYBODY: NO_FILE},
        }
        for name, path in {"": "", "-small": "klein/"}.items()
    },
    **{
        f"agreements:proof{name}": {
            f"/toezeggingen/T12/bestand/{path}": {EVERYBODY: FILE},
            f"/toezeggingen/T22/bestand/{path}": {
                "initiator officer manager": FILE,
                "visitor resident council": NO_FILE,
            },
            f"/toezeggingen/T11/bestand/{path}": {EVERYBODY: NO_FILE},
        }
        for name, path in {"": "", "-small": "klein/"}.items()
    },
    "agreements:desk-attachments": {
        "/werkbank/IW-2026-0002/bijlagen/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK
    },
    "agreements:desk-attachment-act": {  # what the initiator handed in, an officer does not take away
        f"/werkbank/IW-2026-0002/bijlagen/{PICTURES['shared']}/weg/": {
            WRITERS: SENT_EMPTY.replace("400", "404")
        }
        | NOT_AT_THE_DESK
    },
    "agreements:own-attachments": {
        f"/mijn/{SECRET_ADDRESS}/bijlagen/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        }
    },
    # How a plan stays alive
    "agreements:own-later": {
        f"/mijn/{SECRET_ADDRESS}/later/": {
            "visitor": HANDED_BACK,
            "initiator": FILE,
            OTHERS: NO_FILE,
        }
    },
    "agreements:own-later-act": {
        f"/mijn/{SECRET_ADDRESS}/later/{act}/": {
            "visitor": HANDED_BACK,
            "initiator": SENT_EMPTY,
            OTHERS: SENT_BY_OTHERS,
        }
        for act in ("schrijf", "terugblik", "opvolger")
    }
    | {
        f"/mijn/{SECRET_ADDRESS}/later/niets/": {"visitor": HANDED_BACK, SIGNED_IN: SENT_BY_OTHERS},
        f"/mijn/{SECRET_ADDRESS}/later/intrekken/": {"visitor": HANDED_BACK, SIGNED_IN: SENT_BY_OTHERS},
        f"/mijn/{SECRET_ADDRESS}/later/stoppen/": {
            "visitor": HANDED_BACK,
            "initiator": SENT_EMPTY.replace("400", "409"),  # the only one
            OTHERS: SENT_BY_OTHERS,
        },
    },
    "agreements:desk-later": {"/werkbank/IW-2026-0002/later/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "agreements:desk-later-act": {
        f"/werkbank/IW-2026-0002/later/{act}/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK
        for act in ("schrijf", "terugblik", "opvolger")
    }
    | {
        f"/werkbank/IW-2026-0002/later/{act}/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK
        for act in ("stoppen", "intrekken", "niets")
    },
    "agreements:succession": {"/opvolgen/77:niets/": {EVERYBODY: NO_KEPT}},
    **{
        f"api:initiatieven-{name}": {
            f"/api/v1/initiatieven/IW-2026-0002/{path}": {
                "initiator officer manager": answers,
                "visitor resident council": NOTHING,
            }
        }
        for name, path, answers in (
            ("later", "later", "200 200 405 405 405 400 405"),
            ("terugblikken", "terugblikken", "200 200 405 415 405 405 405"),
            ("opvolgingen", "opvolgingen", "200 200 405 415 405 405 405"),
            ("opvolgingen-opvolging-intrekking", "opvolgingen/77/intrekking", ON_A_PLAN),
        )
    },
    "api:initiatieven-uittreding": {
        "/api/v1/initiatieven/IW-2026-0002/uittreding": {
            "initiator": ON_A_PLAN,
            "visitor": NOTHING,
            OTHERS: NOTHING,
        }
    },
    # News of a plan
    "updates:feed": {"/initiatieven/nieuws/feed/": {EVERYBODY: FILE}},
    **{
        f"updates:picture{name}": {
            f"/initiatieven/IW-2026-0001/nieuws/77/foto/{path}": {EVERYBODY: FILE},
            f"/initiatieven/IW-2026-0002/nieuws/78/foto/{path}": {
                "initiator officer manager": FILE,
                "visitor resident council": NO_FILE,
            },
            f"/initiatieven/IW-2026-0001/nieuws/78/foto/{path}": {EVERYBODY: NO_FILE},
        }
        for name, path in {"": "", "-small": "klein/"}.items()
    },
    "updates:own": {
        f"/mijn/{SECRET_ADDRESS}/nieuws/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        }
    },
    "updates:own-act": {
        f"/mijn/{SECRET_ADDRESS}/nieuws/78/aanpassen/": {
            "visitor": HANDED_BACK,
            "initiator": SENT_EMPTY,
            OTHERS: SENT_BY_OTHERS,
        },
        f"/mijn/{SECRET_ADDRESS}/nieuws/78/verbergen/": {"visitor": HANDED_BACK, SIGNED_IN: SENT_BY_OTHERS},
        f"/mijn/{SECRET_ADDRESS}/nieuws/77/aanpassen/": {"visitor": HANDED_BACK, SIGNED_IN: SENT_BY_OTHERS},
    },
    "updates:desk": {"/werkbank/IW-2026-0002/nieuws/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "updates:desk-act": {
        "/werkbank/IW-2026-0002/nieuws/78/verbergen/": {WRITERS: SENT_EMPTY} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/nieuws/78/aanpassen/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK,
    },
    "api:initiatieven-nieuws": {
        "/api/v1/initiatieven/IW-2026-0001/nieuws": {
            "initiator": "200 200 405 400 405 405 405",
            "visitor resident officer council manager": "200 200 405 403 405 405 405",
        },
        "/api/v1/initiatieven/IW-2026-0002/nieuws": {
            "initiator": "200 200 405 400 405 405 405",
            "officer manager": "200 200 405 403 405 405 405",
            "visitor resident council": NOTHING,
        },
    },
    "api:initiatieven-nieuws-nieuws": {
        "/api/v1/initiatieven/IW-2026-0001/nieuws/77": {
            "initiator officer manager": "405 405 405 405 405 400 400",
            "visitor resident council": NOTHING,
        },
        "/api/v1/initiatieven/IW-2026-0002/nieuws/77": {EVERYBODY: NOTHING},
    },
    "api:initiatieven-nieuws-nieuws-zichtbaarheid": {
        "/api/v1/initiatieven/IW-2026-0002/nieuws/78/zichtbaarheid": {
            WRITERS: ON_A_PLAN,
            "visitor initiator resident council": NOTHING,
        }
    },
    # Other ways a plan can go
    "agreements:merge": {
        f"/mijn/{SECRET_ADDRESS}/samengaan/77/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        },
        f"/mijn/{SECRET_ADDRESS}/samengaan/78/": {"visitor": HANDED_BACK, SIGNED_IN: NO_KEPT},
    },
    "agreements:referral": {
        f"/mijn/{SECRET_ADDRESS}/doorverwezen/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN.replace("400", "409"),  # the plan is back
            OTHERS: NO_KEPT,
        }
    },
    "agreements:referral-answer": {"/doorverwezen/77:niets/": {EVERYBODY: NO_KEPT}},
    "agreements:challenge": {
        f"/mijn/{SECRET_ADDRESS}/taak/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        }
    },
    "agreements:own-attachment-act": {
        f"/mijn/{SECRET_ADDRESS}/bijlagen/{PICTURES['inside']}/weg/": {
            "visitor": HANDED_BACK,
            SIGNED_IN: SENT_BY_OTHERS,
        }
    },
    "desk:history": {
        "/werkbank/IW-2026-0002/geschiedenis/": {"manager": FILE, "officer": FILE.replace("200", "403")}
        | NOT_AT_THE_DESK
    },
    "desk:dossier": {
        "/werkbank/IW-2026-0002/dossier/": {"manager": DRAWN_AGAIN, "officer": NO_KEPT.replace("404", "403")}
        | NOT_AT_THE_DESK
    },
    "overview:history": {
        f"/mijn/{SECRET_ADDRESS}/geschiedenis/": {"visitor": LOGIN, "initiator": FILE, OTHERS: NO_FILE}
    },
    "overview:dossier": {
        f"/mijn/{SECRET_ADDRESS}/dossier/": {
            "visitor": HANDED_BACK,
            "initiator": TYPED,
            OTHERS: TYPED.replace("200", "404"),
        }
    },
    "api:initiatieven-bijlagen": {
        "/api/v1/initiatieven/IW-2026-0001/bijlagen": {
            "initiator officer manager": "200 200 405 400 405 405 405",
            "visitor resident council": "200 200 405 403 405 405 405",
        },
        "/api/v1/initiatieven/IW-2026-0002/bijlagen": {
            "initiator officer manager": "200 200 405 400 405 405 405",
            "visitor resident council": NOTHING,
        },
    },
    "api:initiatieven-bijlagen-bijlage": {
        f"/api/v1/initiatieven/IW-2026-0001/bijlagen/{PICTURES['public']}": {
            "initiator officer manager": "200 200 405 405 405 400 400",
            "visitor resident council": "200 200 404 404 404 404 404",
        },
        f"/api/v1/initiatieven/IW-2026-0002/bijlagen/{PICTURES['inside']}": {
            WRITERS: "200 200 405 405 405 400 400",
            "visitor initiator resident council": NOTHING,
        },
    },
    "api:initiatieven-versies": {
        "/api/v1/initiatieven/IW-2026-0002/versies": {
            "initiator manager": FILE,
            "officer": FILE.replace("200", "403"),
            "visitor resident council": NOTHING,
        }
    },
    "api:initiatieven-dossier": {
        "/api/v1/initiatieven/IW-2026-0002/dossier": {
            "initiator officer manager": ON_A_PLAN,
            "visitor resident council": NOTHING,
        }
    },
    "api:mijn-initiatieven-inzages": {
        f"/api/v1/mijn-initiatieven/{SECRET_ADDRESS}/inzages": {
            "visitor": REFUSED,
            "initiator": FILE,
            OTHERS: NO_FILE,
        }
    },
    "agreements:challenge-desk": {
        "/werkbank/IW-2026-0002/taak/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0001/taak/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,  # an ordinary plan
    },
    "desk:kind": {"/werkbank/IW-2026-0002/soort/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK},
    "desk:refer": {"/werkbank/IW-2026-0002/doorverwijzen/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK},
    "desk:plan-doubles": {"/werkbank/IW-2026-0002/dubbel/": {WRITERS: FILE} | NOT_AT_THE_DESK},
    "desk:double-merge": {
        "/werkbank/IW-2026-0002/dubbel/IW-2026-0001/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK,
        "/werkbank/IW-2026-0002/dubbel/niets/": {WRITERS: NO_KEPT} | NOT_AT_THE_DESK,
    },
    "desk:double-withdraw": {
        "/werkbank/IW-2026-0002/dubbel/78/terug/": {WRITERS: NO_RECORD} | NOT_AT_THE_DESK
    },
    "agreements:council-desk": {
        "/werkbank/IW-2026-0002/raadsvraag/": {WRITERS: DRAWN_AGAIN} | NOT_AT_THE_DESK
    },
    "agreements:council-mine": {
        f"/mijn/{SECRET_ADDRESS}/raadsvraag/": {
            "visitor": HANDED_BACK,
            "initiator": DRAWN_AGAIN,
            OTHERS: NO_KEPT,
        }
    },
    "agreements:council-questions": {
        "/griffie/": {CLERK: PAGE, WRITERS: PAGE, "initiator resident council": NOTHING} | NO_QUESTIONS
    },
    "agreements:council-question": {
        "/griffie/R01/": {CLERK: NO_STEP, WRITERS: NO_STEP, "initiator resident council": NOTHING}
        | NO_QUESTIONS,
        "/griffie/niets/": {CLERK: NO_KEPT, WRITERS: NO_KEPT, "initiator resident council": NOTHING}
        | NO_QUESTIONS,
    },
    **{
        f"api:raadsvragen-{what}": {
            f"/api/v1/raadsvragen{path}": {
                CLERK: FILE,
                WRITERS: NO_STEP,
                "visitor initiator resident council": NOTHING,
            }
        }
        for what, path in {"list": "", "detail": "/R01"}.items()
    },
    **{
        f"api:raadsvragen-{name}": {
            f"/api/v1/raadsvragen/R01/{name}": {
                CLERK: ON_A_PLAN,
                WRITERS: ON_A_PLAN.replace("415", "404"),
                "visitor initiator resident council": NOTHING,
            }
        }
        for name in ("ontvangst", "doorzending", "antwoord")
    },
    "api:initiatieven-samenvoegingen": {
        "/api/v1/initiatieven/IW-2026-0002/samenvoegingen": {
            WRITERS: "200 200 405 415 405 405 405",
            "initiator": "200 200 405 404 405 405 405",
            "visitor resident council": NOTHING,
        }
    },
    **{
        f"api:initiatieven-{name}": {
            f"/api/v1/initiatieven/IW-2026-0002/{path}": {
                "initiator officer manager": answers,
                "visitor resident council": NOTHING,
            }
        }
        for name, path, answers in (
            ("samenvoegingen-samenvoeging-antwoord", "samenvoegingen/77/antwoord", ON_A_PLAN),
            ("doorverwijzing", "doorverwijzing", "200 200 405 415 405 405 405"),
            ("doorverwijzing-toestemming", "doorverwijzing/toestemming", ON_A_PLAN),
            ("doorverwijzing-intrekking", "doorverwijzing/intrekking", ON_A_PLAN),
            ("taak", "taak", "200 200 405 405 405 400 405"),
            ("raadsvragen", "raadsvragen", "200 200 405 415 405 405 405"),
            ("raadsvragen-vraag-intrekking", "raadsvragen/R01/intrekking", ON_A_PLAN),
        )
    },
    **{
        f"api:initiatieven-{name}": {
            f"/api/v1/initiatieven/IW-2026-0002/{path}": {
                WRITERS: answers,
                "visitor initiator resident council": NOTHING,
            }
        }
        for name, path, answers in (
            ("dubbelen", "dubbelen", FILE),
            ("soort", "soort", ON_A_PLAN),
            ("samenvoegingen-samenvoeging-intrekking", "samenvoegingen/77/intrekking", ON_A_PLAN),
        )
    },
    # Signing in, and the second factor
    "account_email": {"/account/": {"visitor": LOGIN, SIGNED_IN: FILE, BARE: FILE}},
    "account_login": {"/account/inloggen/": ENTRANCE},
    "account_request_login_code": {},  # another name for account_login
    "account_signup": {"/account/aanmelden/": ENTRANCE},
    "account_confirm_login_code": {"/account/inloggen/code/": ENTRANCE | {"visitor": LOGIN}},
    "mfa_authenticate": {"/account/inloggen/tweede-stap/": ENTRANCE | {"visitor": LOGIN}},
    "account_email_verification_sent": {
        "/account/aanmelden/code/": {
            "visitor": LOGIN,
            SIGNED_IN: leads("account_email"),
            BARE: leads("account_email"),
        }
    },
    "account_logout": {
        "/account/uitloggen/": {
            "visitor": "home home 200 home 405 405 405",
            SIGNED_IN: "200 200 200 home 405 405 405",
            BARE: "200 200 200 home 405 405 405",
        }
    },
    "account_inactive": {"/account/gesloten/": {EVERYBODY: PAGE, BARE: PAGE}},
    "mfa_index": {"/account/tweede-stap/": {"visitor": LOGIN, SIGNED_IN: PAGE, BARE: PAGE}},
    "mfa_reauthenticate": {
        "/account/opnieuw/": {"visitor": LOGIN, RESIDENTS: REFUSED, STAFF: FORM, BARE: REFUSED}
    },
    "mfa_activate_totp": {
        "/account/tweede-stap/aan/": {"visitor": LOGIN, RESIDENTS: FORM, STAFF: AGAIN, BARE: FORM}
    },
    "mfa_deactivate_totp": {
        "/account/tweede-stap/uit/": {"visitor": LOGIN, RESIDENTS: NOTHING, STAFF: AGAIN, BARE: NOTHING}
    },
    "mfa_view_recovery_codes": {
        "/account/tweede-stap/codes/": {"visitor": LOGIN, SIGNED_IN: GONE, BARE: GONE}
    },
    "mfa_generate_recovery_codes": {
        "/account/tweede-stap/codes/nieuw/": {"visitor": LOGIN, RESIDENTS: FORM, STAFF: AGAIN, BARE: FORM}
    },
    "mfa_download_recovery_codes": {
        "/account/tweede-stap/codes/bestand/": {"visitor": LOGIN, SIGNED_IN: NOTHING, BARE: NOTHING}
    },
    # The API
    "api:openapi": {"/api/v1/openapi.json": {EVERYBODY: FILE}},
    "api:zoeken": {"/api/v1/zoeken": {EVERYBODY: FILE}},
    "api:wegwijzer": {"/api/v1/wegwijzer": {EVERYBODY: "405 405 405 415 405 405 405"}},
    "api:omgang": {"/api/v1/statistieken/omgang": {STAFF: FILE, "visitor initiator resident": REFUSED}},
    "api:gelijke-behandeling": {
        "/api/v1/statistieken/gelijke-behandeling": {STAFF: FILE, "visitor initiator resident": REFUSED}
    },
    "api:statistieken": {"/api/v1/statistieken": {STAFF: FILE, "visitor initiator resident": REFUSED}},
    "api:werkvoorraad-list": {
        "/api/v1/werkvoorraad": {WRITERS: FILE, "visitor initiator resident council": NOTHING}
    },
    **{
        f"api:initiatieven-{name}": {
            f"/api/v1/initiatieven/IW-2026-0002/{name}": {
                WRITERS: ON_A_PLAN,
                "initiator": OF_INITIATORS.get(name, NOTHING),
                "visitor resident council": NOTHING,
            },
            f"/api/v1/initiatieven/niets/{name}": {EVERYBODY: NOTHING},
        }
        for name in ("oordelen", "contact", "stappen", "openbaarmaking", "inkijken")
    },
    "api:initiatieven-verwerking": {
        "/api/v1/initiatieven/IW-2026-0002/verwerking": {
            WRITERS: ON_A_PLAN[:-3] + "409",
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-berichten": {  # read by who is near: the officers of the town are not
        "/api/v1/initiatieven/IW-2026-0002/berichten": {
            WRITERS: "403 403 405 415 405 405 405",
            "initiator": "200 200 405 415 405 405 405",
            "visitor resident council": NOTHING,
        }
    },
    "api:initiatieven-contactmomenten": {
        "/api/v1/initiatieven/IW-2026-0002/contactmomenten": {
            WRITERS: "403 403 405 415 405 405 405",
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-eisen": {
        "/api/v1/initiatieven/IW-2026-0002/eisen": {
            "initiator officer manager": "200 200 405 415 405 405 405",
            "visitor resident council": NOTHING,
        },
        "/api/v1/initiatieven/IW-2026-0001/eisen": {
            "initiator officer manager": "200 200 405 415 405 405 405",
            "visitor resident council": NOTHING,
        },
    },
    "api:initiatieven-eisen-eis": {
        "/api/v1/initiatieven/IW-2026-0002/eisen/E002": {
            WRITERS: "405 405 405 405 405 400 405",
            "visitor initiator resident council": NOTHING,
        },
        "/api/v1/initiatieven/IW-2026-0002/eisen/E001": {EVERYBODY: NOTHING},
    },
    **{
        f"api:initiatieven-eisen-eis-{what}": {
            f"/api/v1/initiatieven/IW-2026-0002/eisen/E002/{what}": {
                WRITERS: ON_A_PLAN,
                "initiator": OF_INITIATORS.get(what, NOTHING),
                "visitor resident council": NOTHING,
            }
        }
        for what in ("afronding", "antwoorden", "vragen")
    },
    "api:initiatieven-afweging": {
        "/api/v1/initiatieven/IW-2026-0002/afweging": {
            "initiator officer manager": "200 200 405 415 405 405 405",
            "visitor resident council": NOTHING,
        },
        "/api/v1/initiatieven/IW-2026-0003/afweging": {
            "initiator officer manager": "404 404 405 415 405 405 405",
            "visitor resident council": NOTHING,
        },
    },
    **{
        f"api:initiatieven-afweging-{what}": {
            f"/api/v1/initiatieven/IW-2026-0002/afweging/{what}": {
                WRITERS: NOTHING if what == "reactie" else ON_A_PLAN,
                "initiator": ON_A_PLAN if what == "reactie" else NOTHING,
                "visitor resident council": NOTHING,
            }
        }
        for what in ("delen", "reactie", "afronding")
    },
    "api:initiatieven-suggesties": {
        "/api/v1/initiatieven/IW-2026-0002/suggesties": {
            WRITERS: FILE,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:mijn-initiatieven-list": {
        "/api/v1/mijn-initiatieven": {"visitor": REFUSED, SIGNED_IN: "200 200 405 400 405 405 405"}
    },
    "api:mijn-initiatieven-detail": {
        f"/api/v1/mijn-initiatieven/{SECRET_ADDRESS}": {
            "visitor": REFUSED,
            "initiator": "200 200 405 405 405 400 409",
            OTHERS: "404 404 405 405 405 404 404",
        }
    },
    "api:mijn-initiatieven-indiening": {
        f"/api/v1/mijn-initiatieven/{SECRET_ADDRESS}/indiening": {
            "visitor": REFUSED,
            "initiator": SENT,
            OTHERS: SENT_BY_OTHERS,
        }
    },
    "api:besluiten-list": {"/api/v1/besluiten": {WRITERS: MAKES, EVERYBODY: FILE}},
    "api:besluiten-detail": {
        "/api/v1/besluiten/B001": {WRITERS: CHANGES, "visitor initiator resident council": FILE},
        "/api/v1/besluiten/B002": {
            WRITERS: CHANGES,
            "initiator": FILE,
            "visitor resident council": NO_FILE,
        },
        "/api/v1/besluiten/niets": {WRITERS: NO_CHANGES, "visitor initiator resident council": NO_FILE},
    },
    **{
        f"api:besluiten-{act}": {f"/api/v1/besluiten/B002/{act}": {WRITERS: ON_A_PLAN, EVERYBODY: NOT_OURS}}
        for act in ("planning", "opschorting", "hervatting", "uitkomst", "intrekking")
    },
    "api:nothing": {"/api/v1/niets": {EVERYBODY: NOTHING}, "/api/v1/doelen/": {EVERYBODY: NOTHING}},
    **{
        f"api:{resource}-list": {f"/api/v1/{resource}": {EVERYBODY: FILE}}
        for resource in ("initiatieven", "wijken")
    },
    **{
        f"api:{resource}-detail": {
            f"/api/v1/{resource}/{key}": {EVERYBODY: FILE},
            f"/api/v1/{resource}/niets": {EVERYBODY: NO_FILE},
        }
        for resource, key in {"wijken": "WK000001"}.items()
    },
    "api:toezeggingen-list": {"/api/v1/toezeggingen": {"visitor": FILE, SIGNED_IN: MAKES}},
    "api:toezeggingen-detail": {
        "/api/v1/toezeggingen/T11": {"visitor": FILE, SIGNED_IN: CHANGES},
        "/api/v1/toezeggingen/T21": {
            "visitor": NO_FILE,
            "initiator officer manager": CHANGES,
            "resident council": NO_CHANGES,
        },
    },
    **{
        f"api:toezeggingen-{act}": {
            f"/api/v1/toezeggingen/T21/{act}": {
                "visitor": " ".join(["405"] * 7),
                "initiator officer manager": ON_A_PLAN,
                "resident council": SENT_BY_OTHERS,
            }
        }
        for act in ("verschuiving", "verval", "openbaarmaking", "bestand-openbaar", "bestand-weg")
    },
    "api:toezeggingen-nakoming": {  # with a file it is a form
        "/api/v1/toezeggingen/T21/nakoming": {
            "visitor": " ".join(["405"] * 7),
            "initiator officer manager": SENT_EMPTY,
            "resident council": SENT_BY_OTHERS,
        }
    },
    **{  # what managers write too: a new one asks for a token, a change for a version
        f"api:{resource}-list": {f"/api/v1/{resource}": {"manager": MAKES, EVERYBODY: FILE}}
        for resource in ("accounthouders", "beleidsnotas", "doelen", "partners", *ALSO_KEPT)
    },
    **{
        f"api:{resource}-detail": {
            f"/api/v1/{resource}/{key}": {"manager": CHANGES, EVERYBODY: FILE},
            f"/api/v1/{resource}/{gone}": {"manager": NO_CHANGES, EVERYBODY: NO_FILE},
        }
        for resource, key, gone in (
            ("accounthouders", "groenadviseur", "niets"),
            ("beleidsnotas", "groennota", "niets"),
            ("partners", "tuinclub", "niets"),
            *((resource, key, "niets") for resource, key in ALSO_KEPT.items()),
        )
    },
    **{
        f"api:{resource}-list": {f"/api/v1/{resource}": {"manager": makes, NO_MANAGERS: NOTHING}}
        for resource, makes in {
            "afwezigheden": MAKES,
            "ambtstermijnen": MAKES,
            "rollen": MAKES,
            "antwoordzinnen": MAKES,
            "criteria": MAKES,
            "regelingen": MAKES,
            "teksten": MAKES,
        }.items()
    },
    "api:mijn-afwezigheden-list": {
        "/api/v1/mijn-afwezigheden": {WRITERS: MAKES, "visitor initiator resident council": NOTHING}
    },
    "api:mijn-afwezigheden-detail": {
        "/api/v1/mijn-afwezigheden/1": {
            WRITERS: NO_FILE,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:mijn-afwezigheden-terugkeer": {
        "/api/v1/mijn-afwezigheden/1/terugkeer": {
            WRITERS: NO_RECORD,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:overdrachten-list": {
        "/api/v1/overdrachten": {WRITERS: MAKES, "visitor initiator resident council": NOTHING}
    },
    "api:overdrachten-detail": {
        "/api/v1/overdrachten/77": {
            "manager": CHANGES,
            "officer": NO_CHANGES,
            "visitor initiator resident council": NOTHING,
        }
    },
    **{
        f"api:overdrachten-{name}": {
            f"/api/v1/overdrachten/77/{name}": {
                "manager": answers,
                "visitor initiator resident officer council": NOTHING,
            }
        }
        for name, answers in {
            "begin": ON_A_PLAN,
            "stop": ON_A_PLAN,
            "plannen": "200 200 405 415 405 405 405",
        }.items()
    },
    **{
        f"api:{name}": {
            f"/api/v1/{path}": {WRITERS: FILE, "visitor initiator resident council": NOTHING},
        }
        for name, path in {"mijn-dag": "mijn-dag", "mijn-dag-aantallen": "mijn-dag/aantallen"}.items()
    },
    "api:dekking": {"/api/v1/dekking": {"manager": FILE, NO_MANAGERS: NOTHING}},
    "api:doelen-klopt-nog": {
        "/api/v1/doelen/vergroenen/klopt-nog": {
            WRITERS: NO_RECORD,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:stapels-list": {"/api/v1/stapels": {WRITERS: MAKES, "visitor initiator resident council": NOTHING}},
    "api:stapels-detail": {
        "/api/v1/stapels/77": {
            "officer": FILE,
            "manager": NO_FILE,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:stapels-terugdraaiing": {
        "/api/v1/stapels/77/terugdraaiing": {
            "officer": SENT_EMPTY.replace("400", "409"),
            "manager": NO_RECORD,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-notities": {
        "/api/v1/initiatieven/IW-2026-0002/notities": {
            WRITERS: "200 200 405 415 405 405 405",
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:initiatieven-notities-gelezen": {
        "/api/v1/initiatieven/IW-2026-0002/notities-gelezen": {
            WRITERS: ON_A_PLAN,
            "visitor initiator resident council": NOTHING,
        }
    },
    "api:bewaarde-filters-list": {
        "/api/v1/bewaarde-filters": {WRITERS: MAKES, "visitor initiator resident council": NOTHING}
    },
    "api:bewaarde-filters-detail": {
        "/api/v1/bewaarde-filters/1": {
            WRITERS: "404 404 405 405 405 405 404",
            "visitor initiator resident council": NOTHING,
        }
    },
    **{
        f"api:{resource}-{what}": {
            f"/api/v1/{resource}/{key}/{what}": {"manager": ON_A_PLAN, NO_MANAGERS: NOTHING},
            f"/api/v1/{resource}/0/{what}": {"manager": NO_RECORD, NO_MANAGERS: NOTHING},
        }
        for resource, key, whats in (
            ("accounthouders", "vertrokken", ("loket", "koppeling", "wissing")),
            ("beleidsnotas", "groennota", ("beeindiging",)),
            ("afwegingskaders", "A02", ("vaststelling",)),
            ("criteria", "C02", ("wissing",)),
            ("doelen", "vergroenen", ("publicatie", "controle", "beeindiging")),
        )
        for what in whats
    },
    **{
        f"api:{resource}-{what}": {
            f"/api/v1/{resource}/0/{what}": {"manager": NO_RECORD, NO_MANAGERS: NOTHING}
        }
        for resource, what in (
            ("afwezigheden", "terugkeer"),
            ("ambtstermijnen", "opvolging"),
            ("ambtstermijnen", "beeindiging"),
        )
    },
    "api:beheer": {
        "/api/v1/beheer/doelen": {"manager": FILE, NO_MANAGERS: NOTHING},
        "/api/v1/beheer/niets": {"manager": NO_FILE, NO_MANAGERS: NOTHING},
    },
    "api:gemeente": {"/api/v1/gemeente": {"manager": CHANGES, NO_MANAGERS: NOTHING}},
    "api:wegwijzer-instellingen": {
        "/api/v1/wegwijzer-instellingen": {"manager": CHANGES, NO_MANAGERS: NOTHING}
    },
    "api:vastgelopen-berichten": {
        "/api/v1/vastgelopen-berichten": {
            "manager": "200 200 405 200 405 405 405",
            NO_MANAGERS: NOTHING,
        }
    },
    **{
        f"api:{resource}-detail": {
            f"/api/v1/{resource}/{key}": {"manager": answers, NO_MANAGERS: NOTHING}
            for key, answers in keys.items()
        }
        for resource, keys in {
            "afwezigheden": {"0": NO_CHANGES},
            "ambtstermijnen": {"0": NO_CHANGES},
            "teksten": {"welcome": CHANGES, "niets": NO_CHANGES},
            "rollen": {"0": NO_CHANGES},
            "antwoordzinnen": {"welkom": CHANGES, "niets": NO_CHANGES},
            "criteria": {"C01": CHANGES, "niets": NO_CHANGES},
            "regelingen": {"tuinfonds": CHANGES, "niets": NO_CHANGES},
        }.items()
    },
    "api:doelen-detail": {
        "/api/v1/doelen/vergroenen": {"manager": CHANGES, EVERYBODY: FILE},
        "/api/v1/doelen/concept": {
            "manager": CHANGES,
            "officer": FILE,
            "visitor initiator resident council": NO_FILE,
        },
    },
    "api:initiatieven-detail": {
        "/api/v1/initiatieven/IW-2026-0001": {EVERYBODY: FILE},
        "/api/v1/initiatieven/IW-2026-0002": {
            "initiator officer manager": FILE,
            "visitor resident council": NO_FILE,
        },
        "/api/v1/initiatieven/IW-2026-0003": {
            "initiator officer manager": FILE,
            "visitor resident council": NO_FILE,
        },
        "/api/v1/initiatieven/None": {EVERYBODY: NO_FILE},
    },
}
SENT_FROM = {  # what is only sent -> the page it is sent from, where who types the address gets to
    "agreements:close-assessment": "agreements:assess",
    "agreements:desk-attachment-act": "agreements:desk-attachments",
    "agreements:own-attachment-act": "agreements:own-attachments",
    "desk:apart": "desk:double",
    "desk:back": "desk:role",
    "desk:batch-undo": "desk:batch",
    "desk:day-goal": "desk:day",
    "desk:decision-act": "desk:decision",
    "desk:double-withdraw": "desk:plan-doubles",
    "desk:forget-filter": "desk:inbox",
    "desk:note-read": "desk:notes",
    "desk:person-act": "desk:person",
    "desk:person-look": "desk:person",
    "desk:person-moment": "desk:person",
    "desk:relation-moment": "desk:relation",
    "desk:save-filter": "desk:inbox",
    "desk:take-step": "desk:relations",
}
SENT_FROM |= dict.fromkeys(
    (
        "desk:ask-colleague",
        "desk:assign",
        "desk:cancel-colleague",
        "desk:colleague-done",
        "desk:judge",
        "desk:people",
        "desk:record",
        "desk:release",
        "desk:step",
        "desk:triage",
        "desk:undo-triage",
        "desk:write",
    ),
    "desk:plan",
)
STORES_NOTHING = {
    "wegwijzer",
    "api:wegwijzer",
}  # may be sent without a CSRF token: a lost cookie costs no text


def expected(actor):
    """{(address, method): answer} for one actor."""
    found = {}
    for name, addresses in ACCESS.items():
        for address, rows in addresses.items():
            codes = next((codes for who, codes in rows.items() if is_named(actor, who)), None)
            if actor == CLERK and codes is None:
                continue
            if codes and name in SENT_FROM:
                codes = codes.replace("405 405", f"{SENT_FROM[name]} {SENT_FROM[name]}", 1)
            found |= zip(
                [(address, method) for method in METHODS], (codes or bare(address)).split(), strict=True
            )
    return found


def asked(actor):
    """The part of `expected` that this actor really asks.

    The witness asks everything; the others do not ask HEAD, which is GET without its body, nor methods for
    which there is no code at that address. Outsiders do, wherever they get another answer than the witness.
    """
    witnessed = expected(WITNESS)
    return {
        (address, method): answer
        for (address, method), answer in expected(actor).items()
        if actor == WITNESS
        or method in ("get", "post")
        or (method != "head" and has_code(address, method))
        or (method != "head" and actor in OUTSIDERS and answer != witnessed[address, method])
    }


@cache
def handled(view):
    """The methods that a view has code for; all where that can't be told."""
    if getattr(view, "actions", None):  # a viewset: method -> what answers it
        return set(view.actions)
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind:
        return {method for method in METHODS if hasattr(kind, method)}
    while view:  # require_http_methods keeps its list in its closure
        for cell in view.__closure__ or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and ("GET" in held or "POST" in held):
                return set(map(str.lower, held))
        view = getattr(view, "__wrapped__", None)
    return set(METHODS)


def has_code(address, method):
    return method in handled(resolve(address).func)


def is_named(actor, who):
    return actor == who if who == BARE else actor in who.split()


def bare(address):
    """What staff without a second factor get where the table says nothing of them."""
    return REFUSED if address.startswith("/api/") else leads("mfa_activate_totp")
