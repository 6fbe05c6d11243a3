"""Who is who, as managers keep it up to date."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import verbs
from contacts.models import (
    Absence,
    AccountManager,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
    running,
)
from desk.manage.fields import EndForm
from desk.manage.people_forms import (
    AbsenceForm,
    ConnectForm,
    HolderForm,
    ManagerForm,
    PartnerForm,
    PortfolioForm,
    ReplaceForm,
    TermForm,
)
from desk.manage.table import SOME, Action, Block, Mark, Noun, Todo, day, days, linked, on_site, place, when
from goals.models import Goal
from initiatives.models import Initiative
from initiatives.verbs import OPEN

SOON = timedelta(days=30)
SPANS = {
    "nu": (_("Nu"), lambda found: found.filter(running())),
    "komend": (_("Komt nog"), lambda found: found.filter(since__gt=timezone.localdate())),
    "voorbij": (_("Voorbij"), lambda found: found.filter(until__lt=timezone.localdate())),
}


# Who governs ----------------------------------------------------------------------------------------------
def vacant():
    """Portfolios for which nobody answers today."""
    held = Term.objects.filter(running(), portfolio=OuterRef("pk"))
    return Portfolio.objects.filter(~Exists(held)).order_by("name")


def terms_todo():
    """Portfolios for which somebody has to be named."""
    new = reverse("desk:manage-new", args=["ambtstermijnen"])
    items = [(one.name, f"{new}?portefeuille={one.key}", []) for one in vacant()[:SOME]]
    return Todo(_("Hier gaat nu niemand over. Wijs iemand aan:"), items) if items else None


def span(term):
    """A term beside its portfolio: who, and when."""
    return f"{term.holder.name}: {days(term)}"


def field_of_work(term):
    """A term beside its holder: what, and when."""
    return f"{term.portfolio.name}: {days(term)}"


def beside_term(term):
    others = term.portfolio.terms.exclude(pk=term.pk).select_related("holder")
    who = [(term.holder.name, place("portefeuillehouders", term.holder))]
    return [
        Block(_("Wie het is"), who),
        Block(_("Anderen in deze portefeuille"), linked("ambtstermijnen", others, span)),
    ]


def beside_portfolio(portfolio):
    terms = portfolio.terms.select_related("holder")
    goals = Goal.objects.answered_for_by(portfolio.key).order_by("title")
    return [
        Block(_("Wie erover gaat en ging"), linked("ambtstermijnen", terms, span)),
        Block(_("Doelen"), linked("doelen", goals)),
    ]


def beside_holder(holder):
    terms = linked("ambtstermijnen", holder.terms.select_related("portfolio"), field_of_work)
    return [on_site(holder), Block(_("Ambtstermijnen"), terms)]


# Who helps ------------------------------------------------------------------------------------------------
def managers():
    """All account managers with `.cases`, their open plans; who has left comes last."""
    number = Initiative.objects.filter(contact=OuterRef("pk"), state__in=OPEN).order_by().values("contact")
    cases = Coalesce(Subquery(number.annotate(n=Count("pk")).values("n")), 0)
    away = Prefetch("absences", Absence.objects.filter(running()), to_attr="away")
    found = AccountManager.objects.select_related("department").prefetch_related(away)
    gone = Q(available_until__lt=timezone.localdate(), available_until__isnull=False)
    return found.annotate(cases=cases, gone=gone).order_by("gone", "function", "key")


def leaving(found):
    """Those who leave within a month, or left, while they still have open plans."""
    return found.filter(available_until__lte=timezone.localdate() + SOON, cases__gt=0)


def presence(manager):
    """What there is to know about somebody today."""
    if not manager.is_employed():
        return Mark(_("werkt hier niet"))
    if manager.is_front_desk:
        return Mark(_("loket"), "brand")
    if manager.available_until:
        return Mark(_("tot en met %(day)s") % {"day": day(manager.available_until)}, "warning")
    return Mark(_("afwezig"), "info") if manager.absence else ""


def cases(manager):
    """How many plans somebody has, and how many there is room for."""
    if manager.room is None:
        return manager.cases
    words = _("%(cases)s van %(room)s") % {"cases": manager.cases, "room": manager.room}
    return Mark(words, "warning") if manager.cases >= manager.room else words


def hand_overs(manager):
    """The way to give somebody's plans to others, and to the times that was done."""
    begin = [(_("Draag alle plannen over"), reverse("desk:hand-over-new", args=[manager.key]))]
    found = manager.hand_overs.order_by("-made_at")[:SOME]
    return [] if manager.is_front_desk else begin + [(told(one), one.get_absolute_url()) for one in found]


def told(hand_over):
    """A hand-over beside who left: when, and how far."""
    return f"{day(timezone.localdate(hand_over.made_at))}: {hand_over.get_state_display()}"


def beside_manager(manager):
    covers = AccountManager.objects.employed().filter(deputy=manager)
    goals = manager.goals.running().order_by("title")
    user = manager.user if manager.user and manager.user.is_officer else None
    account = [(user.email, place("rollen", user))] if user else []
    return [
        Block(_("Gaat deze collega weg?"), hand_overs(manager)),
        Block(_("Logt in als"), account),
        *([on_site(manager)] if manager.is_employed() else []),
        Block(_("Contactpersoon voor deze doelen"), linked("doelen", goals)),
        Block(_("Vervangt deze collega's"), linked("accounthouders", covers)),
        Block(_("Afwezigheid"), linked("afwezigheid", manager.absences.all(), days)),
    ]


def beside_absence(absence):
    return [Block(_("Wie het is"), [(absence.manager.function, place("accounthouders", absence.manager))])]


PEOPLE = {
    "ambtstermijnen": Noun(
        many=_("Ambtstermijnen"),
        one=_("ambtstermijn"),
        intro=_(
            "Wie van wanneer tot wanneer over een portefeuille gaat. Komt er iemand anders? Open de termijn "
            "en kies “Vervang deze bestuurder”: de oude termijn eindigt vanzelf de dag ervoor."
        ),
        new=_("Nieuwe ambtstermijn"),
        first=_("Portefeuille"),
        icon="calendar",
        model=Term,
        form=TermForm,
        records=lambda: Term.objects.select_related("holder", "portfolio").order_by(
            "portfolio__name", "-since", "pk"
        ),
        name=lambda term: term.portfolio.name,
        full=lambda term: f"{term.portfolio.name}: {term.holder.name}",
        columns=[
            (_("Wie"), lambda term: term.holder.name),
            (_("Vanaf"), lambda term: day(term.since)),
            (_("Tot en met"), lambda term: day(term.until)),
            (_("Stand"), when),
        ],
        search=("holder__name", "portfolio__name", "portfolio__key"),
        shows=SPANS,
        create=verbs.create_term,
        change=verbs.change_term,
        actions={
            "vervangen": Action(
                _("Vervang deze bestuurder"),
                verbs.replace_holder,
                form=ReplaceForm,
                may=lambda term: not term.is_over(),
                done=_("De nieuwe bestuurder staat erin. Wie het eerst was, blijft bewaard."),
                more=_("In één keer: de oude termijn eindigt de dag ervoor, en de nieuwe begint."),
            ),
            "beeindigen": Action(
                _("Beëindig deze termijn"),
                verbs.end_term,
                form=EndForm,
                may=lambda term: not term.is_over(),
                done=_("De termijn heeft een einde."),
                more=_("Daarna staat op de site dat er niemand is aangewezen, tot er iemand anders is."),
            ),
        },
        beside=beside_term,
        todo=terms_todo,
        prefill={"portefeuille": "portfolio", "wie": "holder"},
    ),
    "portefeuillehouders": Noun(
        many=_("Portefeuillehouders"),
        one=_("portefeuillehouder"),
        intro=_("De burgemeester en de wethouders, nu en vroeger."),
        new=_("Nieuwe portefeuillehouder"),
        first=_("Naam"),
        icon="person",
        model=PortfolioHolder,
        form=HolderForm,
        records=lambda: PortfolioHolder.objects.with_terms().order_by("name", "key"),
        columns=[
            (_("Functie"), lambda holder: holder.title),
            (_("Partij"), lambda holder: holder.party or "–"),
            (_("Gaat nu over"), lambda holder: ", ".join(term.portfolio.name for term in holder.now) or "–"),
        ],
        search=("key", "name", "title", "party"),
        shows={"nu": (_("Nu in functie"), lambda found: found.in_office())},
        create=verbs.create_holder,
        change=verbs.change_holder,
        beside=beside_holder,
    ),
    "portefeuilles": Noun(
        many=_("Portefeuilles"),
        one=_("portefeuille"),
        intro=_("De onderwerpen van het college. Over elk onderwerp gaat één wethouder of de burgemeester."),
        new=_("Nieuwe portefeuille"),
        first=_("Onderwerp"),
        icon="note",
        model=Portfolio,
        form=PortfolioForm,
        records=lambda: Portfolio.objects.with_holder().order_by("name", "key"),
        columns=[
            (_("Rol"), lambda portfolio: portfolio.role),
            (
                _("Wie nu"),
                lambda portfolio: (
                    portfolio.holder.name if portfolio.holder else Mark(_("niemand"), "warning")
                ),
            ),
        ],
        search=("key", "name", "role"),
        create=verbs.create_portfolio,
        change=verbs.change_portfolio,
        beside=beside_portfolio,
    ),
    "accounthouders": Noun(
        many=_("Accounthouders"),
        one=_("accounthouder"),
        intro=_(
            "De ambtenaren die contactpersoon kunnen zijn. Het is een rol: gaat iemand weg, dan blijven de "
            "plannen bij de rol of gaan ze naar de vervanger."
        ),
        new=_("Nieuwe accounthouder"),
        first=_("Functie"),
        icon="speech",
        model=AccountManager,
        form=ManagerForm,
        records=managers,
        columns=[
            (_("Afdeling"), lambda manager: manager.department or "–"),
            (_("Naam"), lambda manager: manager.name or "–"),
            (_("Plannen"), cases),
            (_("Vandaag"), presence),
        ],
        search=("key", "function", "name", "department__name"),
        shows={
            "vertrekt": (_("Vertrekt, met plannen"), leaving),
            "weg": (_("Werkt hier niet meer"), lambda found: found.filter(gone=True)),
        },
        create=verbs.create_manager,
        change=verbs.change_manager,
        actions={
            "loket": Action(
                _("Maak dit het loket"),
                verbs.hand_over_front_desk,
                may=lambda manager: manager.is_employed() and not manager.is_front_desk,
                done=_("Dit is nu het loket."),
                more=_("Nieuwe plannen komen eerst hier binnen. Wie het loket was, is het dan niet meer."),
            ),
            "koppelen": Action(
                _("Koppel aan een account"),
                verbs.connect,
                form=ConnectForm,
                done=_("De koppeling is veranderd."),
                more=_("Zo ziet deze collega na het inloggen de eigen plannen."),
            ),
            "vergeten": Action(
                _("Wis de persoon, houd de rol"),
                verbs.forget_person,
                may=lambda manager: bool(manager.name or manager.phone or manager.photo or manager.user_id),
                done=_("De naam, de foto en het nummer zijn weg, ook uit de geschiedenis."),
                more=_(
                    "Voor wie hier niet meer werkt. Naam, foto en telefoonnummer verdwijnen, ook uit wat er "
                    "eerder stond. De functie en de plannen blijven. Dit kun je niet terugdraaien."
                ),
            ),
        },
        beside=beside_manager,
    ),
    "afwezigheid": Noun(
        many=_("Afwezigheid"),
        one=_("afwezigheid"),
        counted=(_("keer afwezig"), _("keer afwezig")),
        intro=_("Wie er even niet is, en wie het dan overneemt. Het houdt vanzelf op na de laatste dag."),
        new=_("Meld iemand afwezig"),
        first=_("Wie"),
        icon="clock",
        model=Absence,
        form=AbsenceForm,
        records=lambda: Absence.objects.select_related("manager__deputy", "deputy").order_by("-since", "-pk"),
        name=lambda absence: absence.manager.function,
        columns=[
            (_("Eerste dag"), lambda absence: day(absence.since)),
            (_("Laatste dag"), lambda absence: day(absence.until)),
            (
                _("Vervanger"),
                lambda absence: absence.deputy or absence.manager.deputy or Mark(_("niemand"), "warning"),
            ),
            (_("Stand"), when),
        ],
        search=("manager__function", "manager__key", "deputy__function"),
        shows=SPANS,
        create=verbs.create_absence,
        change=verbs.change_absence,
        actions={
            "terug": Action(
                _("Is er weer"),
                verbs.end_absence,
                may=lambda absence: not absence.until or absence.until >= timezone.localdate(),
                done=_("De afwezigheid is voorbij."),
                more=_("De afwezigheid houdt vandaag op. Moet die nog beginnen, dan gaat ze niet door."),
                quick=True,
            )
        },
        beside=beside_absence,
    ),
    "partners": Noun(
        many=_("Partners"),
        one=_("partner"),
        intro=_("Organisaties in de gemeente die met initiatieven willen meedoen."),
        new=_("Nieuwe partner"),
        also=(_("Lees contacten in uit een bestand"), "desk:intakes"),
        first=_("Naam"),
        icon="hands",
        model=Organisation,
        form=PartnerForm,
        records=lambda: Organisation.objects.unmerged().alphabetical(),
        columns=[
            (_("Soort"), lambda partner: partner.kind),
            (
                _("Samenwerken"),
                lambda partner: _("staat open") if partner.is_open else Mark(_("nu niet")),
            ),
        ],
        stays=_("Doet een partner niet meer mee? Haal het vinkje weg bij “Staat open voor samenwerking”."),
        search=("key", "name", "kind"),
        shows={"dicht": (_("Staat nu niet open"), lambda found: found.filter(is_open=False))},
        create=verbs.create_partner,
        change=verbs.change_partner,
        beside=lambda partner: [on_site(partner)],
    ),
}
