"""Who is told what when something happens to an initiative: one event, one notice a person, one mail.

The table names the verbs people are told about; what nobody needs to know of by mail is not in it. The doer
is never told what they did themselves, except that their plan was received.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Notice
from contacts.models import Absence, AccountManager, current_absence, running
from initiatives.models import Initiative, Message, MessageKind
from townhall.models import Event

TOLD = {
    # verb: (subject for the initiator, subject for the contact); empty: this side is not told
    "submit": (_("We hebben je plan ontvangen"), _("Een nieuw plan")),
    "assign": (_("Je vaste contactpersoon"), _("Je bent nu de contactpersoon")),
    "begin_dialogue": (_("We gaan met je in gesprek"), ""),
    "take_back": (_("We hebben iets rechtgezet bij je plan"), ""),
    "await_decision": (_("Je plan wacht op een besluit"), ""),
    "start": (_("Je plan gaat beginnen"), ""),
    "reconsider": (_("We praten verder over je plan"), ""),
    "realise": (_("Je plan is gerealiseerd"), _("Een plan is gerealiseerd")),
    "keep_going": (_("Je plan loopt door"), _("Een plan loopt door")),
    "pause": (_("Je plan staat even stil"), _("Een plan staat even stil")),
    "resume": (_("Je plan gaat weer verder"), _("Een plan gaat weer verder")),
    "withdraw": ("", _("Een plan is gestopt")),
    "stop": (_("Je plan is gestopt"), ""),
    "refer": (_("Je plan gaat naar iemand anders"), ""),
    "merge": (
        _("Je plan gaat verder in een ander plan"),
        _("Een plan gaat verder in een ander plan"),
    ),
    "take_in": (_("Een ander plan gaat verder in je plan"), _("Een ander plan gaat verder in dit plan")),
    "set_kind": (_("We bekijken je plan op een andere manier"), ""),
    "challenge_filled": (_("Er is iets ingevuld over je taak"), _("Er is iets ingevuld over een taak")),
    "referral_sent": ("", _("Een plan is doorgestuurd")),
    "referral_taken_back": ("", _("Een plan is niet meer doorgestuurd")),
    "referral_answered": (_("Een antwoord over je plan"), _("Een antwoord over een doorverwezen plan")),
    "referral_silent": ("", _("Nog geen antwoord over een doorverwezen plan")),
    "merge_proposed": (_("Zullen twee plannen samengaan?"), _("Een voorstel: twee plannen samen")),
    "merge_agreed": (_("Er is ja gezegd tegen samengaan"), _("Er is ja gezegd tegen samengaan")),
    "merge_declined": (_("Je plan blijft op zichzelf"), _("Twee plannen blijven elk op zichzelf")),
    "merge_lapsed": (_("Je plan blijft op zichzelf"), _("Twee plannen blijven elk op zichzelf")),
    "merge_withdrawn": (_("Je plan blijft op zichzelf"), _("Twee plannen blijven elk op zichzelf")),
    "reopen": (_("Je plan gaat weer verder"), _("Een plan gaat weer verder")),
    "release": (_("Je plan staat op de site"), ""),
    "hide": (_("Je plan staat niet meer op de site"), ""),
    "edit": ("", _("Een plan is veranderd")),
    "write": (_("Een bericht over je plan"), _("Een bericht over een plan")),
    "decision_awaited": (_("Je plan wacht op een besluit"), _("Een plan wacht op een besluit")),
    "decision_planned": (_("Een besluit komt op een andere dag"), _("Een besluit komt op een andere dag")),
    "decision_suspended": (_("Een besluit over je plan staat stil"), ""),
    "decision_resumed": (_("Een besluit over je plan gaat verder"), ""),
    "decision_made": (_("Er is een besluit over je plan"), _("Er is een besluit over een plan")),
    "decision_withdrawn": (
        _("Een besluit over je plan is niet meer nodig"),
        _("Een besluit is niet meer nodig"),
    ),
    "decision_corrected": (
        _("Bij een besluit over je plan is iets rechtgezet"),
        _("Bij een besluit is iets rechtgezet"),
    ),
    "promise_made": (_("Een toezegging bij je plan"), _("Een toezegging bij een plan")),
    "promise_shifted": (_("Een toezegging is verschoven"), _("Een toezegging is verschoven")),
    "promise_kept": (_("Een toezegging is nagekomen"), _("Een toezegging is nagekomen")),
    "promise_dropped": (_("Een toezegging vervalt"), _("Een toezegging vervalt")),
    "promise_corrected": (
        _("Een toezegging staat er nu in andere woorden"),
        _("Een toezegging staat er nu in andere woorden"),
    ),
    "promise_hidden": (_("Een toezegging is niet meer openbaar"), _("Een toezegging is niet meer openbaar")),
    "set_requirement": (_("Er is een eis bij je plan"), ""),
    "correct_requirement": (_("Een eis bij je plan is veranderd"), ""),
    "meet_requirement": (_("Je voldoet aan een eis"), ""),
    "drop_requirement": (_("Een eis bij je plan vervalt"), ""),
    "question_requirement": ("", _("Een vraag over een eis")),
    "answer_requirement": (_("Antwoord op je vraag over een eis"), ""),
    "ask_onlooker": ("", _("Er kijkt iemand mee bij een plan")),
    "council_asked": (_("Er is een vraag aan de gemeenteraad"), _("Een vraag aan de gemeenteraad")),
    "council_received": (_("De griffie heeft je vraag"), _("De griffie heeft een vraag")),
    "council_forwarded": (_("Je vraag is bij de gemeenteraad"), _("Een vraag is bij de gemeenteraad")),
    "council_answered": (
        _("Antwoord op je vraag aan de gemeenteraad"),
        _("Antwoord op een vraag aan de gemeenteraad"),
    ),
    "council_withdrawn": (
        _("Een vraag aan de gemeenteraad is teruggenomen"),
        _("Een vraag aan de gemeenteraad is teruggenomen"),
    ),
    "council_late": ("", _("Een vraag aan de gemeenteraad wacht te lang")),
    "share_assessment": (_("Zo kijken wij naar je plan"), ""),
    "change_assessment": (_("We kijken iets anders naar je plan"), ""),
    "react_to_assessment": ("", _("Een reactie op een afweging")),
    "close_assessment": (_("De afweging van je plan is afgerond"), ""),
    "update_hidden": (_("Je nieuws is van de site gehaald"), ""),
    "update_shown": (_("Je nieuws staat weer op de site"), ""),
    "continuity_written": (_("Hoe je plan blijft draaien"), _("Hoe een plan blijft draaien")),
    "continuity_reviewed": (_("Er is teruggekeken op je plan"), _("Er is teruggekeken op een plan")),
    "review_due_soon": (_("Kijk je binnenkort terug op je plan?"), _("Bijna: terugkijken op een plan")),
    "review_overdue": (_("Kijk je nog terug op je plan?"), _("Terugkijken op een plan is te laat")),
    "succession_offered": (_("Een vraag: wie neemt je plan over?"), _("Iemand is gevraagd voor een plan")),
    "succession_accepted": (_("Iemand neemt je plan over"), _("Iemand neemt een plan over")),
    "succession_declined": (_("Je plan is niet overgenomen"), _("Een plan is niet overgenomen")),
    "succession_withdrawn": (_("Je plan wordt niet overgenomen"), _("Een plan wordt niet overgenomen")),
    "succession_lapsed": (_("Je plan is niet overgenomen"), _("Een plan is niet overgenomen")),
    "carrier_left": (_("Iemand stopt met je plan"), _("Een initiatiefnemer is gestopt")),
}
ROUTES = (
    "merge_",
    "take_in",
    "referral_",
    "set_kind",
    "challenge_",
    "council_",
    "continuity_",
    "review_",
    "succession_",
    "carrier_",
    "update_",
)  # how what happens on another way for a plan, or to make it last, begins
ALWAYS = {"submit"}  # the receipt also goes to who did it
HANDED_OVER = _("Een collega neemt een plan van je over")


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told by mail of one event."""

    event: Event
    initiative: Initiative
    address: str
    subject: str
    side: str  # "initiator", "contact", or "former": who was the contact until now
    sentence: str
    has_account: bool
    has_page: bool = True  # False for who is let go

    @property
    def is_about_decision(self):
        """True where the sentence tells of a decision, and the state of the plan says nothing."""
        return self.event.what.startswith("decision_")

    @property
    def is_about_route(self):
        """True where the sentence tells of a way a plan may go, and the state of the plan says nothing."""
        return self.event.what.startswith(ROUTES)

    @property
    def is_new_contact(self):
        """True of the first contact after the front desk: nobody hands over then."""
        return self.event.details.get("first", True)


_gathered = ContextVar("news that goes out in one mail", default=None)


@contextmanager
def one_mail():
    """What happens in here at one click comes as one mail; on the site each event keeps its own notice."""
    news = []
    token = _gathered.set(news)
    try:
        yield
    finally:
        _gathered.reset(token)
    envelopes = {}
    for one in news:
        envelopes.setdefault((one.address, one.side), []).append(one)
    for together in envelopes.values():
        mail(together)


_later = ContextVar("news of which the caller tells colleagues in one mail", default=None)


@contextmanager
def colleagues_later():
    """What happens in here to many plans is mailed to initiators only; gives the list of News for colleagues.

    Whoever opens this sends each colleague one mail of it all.
    """
    news = []
    token = _later.set(news)
    try:
        yield news
    finally:
        _later.reset(token)


def tell(event, initiative, *, by, sentence="", by_mail=True, leaves=None):
    """Notices and mails about an event, in the transaction of the event; how many people were told.

    leaves: the participant who can't open the page of the plan from now on; their mail has no link to it.
    """
    gone = (leaves.user.email if leaves.user else leaves.email) if leaves else None
    subjects = TOLD.get(event.what)
    if not subjects:
        return 0
    people = [*initiators(initiative, subjects[0]), *town(initiative, subjects[1]), *former(event)]
    told = 0
    for user, address, subject, side in people:
        if user is not None and user == by and not (event.what in ALWAYS and side == "initiator"):
            continue
        if user is not None:
            Notice.objects.get_or_create(user=user, event=event)
        in_one_mail = "hand_over" in event.details and side != "initiator"  # at the end of the hand-over
        if by_mail and address and wants_mail(user, event.what) and not in_one_mail:
            one = News(event, initiative, address, subject, side, sentence, user is not None, address != gone)
            send(one) if side == "initiator" or _later.get() is None else _later.get().append(one)
        told += 1
    return told


def seen(user, initiative):
    """What there was to tell this person about this plan is no news any more."""
    theirs = Notice.objects.filter(user=user, event__subject_key=str(initiative.public_id))
    theirs.unread().update(read_at=timezone.now())


def initiators(initiative, subject):
    """(user, address, subject, side) of those whose plan it is."""
    if not subject:
        return
    for one in initiative.initiators():
        yield one.user, one.user.email if one.user else one.email, subject, "initiator"


def town(initiative, subject):
    """The same for the contact, and for the deputy while the contact is away."""
    if not subject or not initiative.contact:
        return
    contact = initiative.contact
    yield contact.user, contact.email, subject, "contact"
    away = Absence.objects.filter(running(), manager=contact).select_related("deputy__user").first()
    deputy = away and (away.deputy or contact.deputy)
    if deputy:
        yield deputy.user, deputy.email, subject, "contact"


def former(event):
    """The same for who was the contact until now; the front desk hands on all day and needs no telling."""
    if event.what == "assign" and not event.details["first"]:
        manager = AccountManager.objects.select_related("user").get(key=event.details["from"])
        yield manager.user, manager.email, HANDED_OVER, "former"


def wants_mail(user, what):
    """True unless the person switched this mail off (overview/mails.py); the receipt can't be."""
    if user is None or what in ALWAYS:
        return True
    return not user.notification_preferences.filter(kind=what, by_mail=False).exists()


def send(news):
    """At once, or together with what else happens at this click."""
    gathered = _gathered.get()
    if gathered is None:
        mail([news])
    else:
        gathered.append(news)


def mail(together):
    """One mail through the outbox about one or more events."""
    letter(together).send()


def letter(together):
    """The mail about one or more events, called after the one somebody wrote a sentence with.

    Answers go to the contact's work mailbox.
    """
    first = next((one for one in together if one.sentence), together[-1])
    initiative, contact, side = first.initiative, first.initiative.contact, first.side
    if contact:
        prefetch_related_objects([contact], current_absence())
    context = {
        "initiative": initiative,
        "news": together,
        "message": last_message(initiative) if first.event.what == "write" else None,
        "clocks": initiative.clocks.filter(stopped_on=None) if first.event.what == "submit" else [],
        "may_choose": first.has_account and first.event.what not in ALWAYS,
        "has_page": first.has_page,
        "base_url": settings.BASE_URL,
    }
    return EmailMessage(
        subject=subject_of(initiative, first.subject),
        body=render_to_string(f"initiatives/mail/{side}.txt", context),
        to=[first.address],
        reply_to=answers_to(contact) if side == "initiator" else [],
    )


def answers_to(contact):
    """Where answers go: to the contact's work mailbox, and to that of who stands in."""
    people = (contact, contact.stand_in) if contact else ()
    return [one.email for one in people if one and one.email]


def last_message(initiative):
    return Message.objects.filter(initiative=initiative, kind=MessageKind.TALK).last()


def subject_of(plan, words):
    """The subject of a mail about a plan: what it is about, and which plan it is."""
    return f"{words}: {one_line(plan.title)} ({plan.reference})"


def one_line(text):
    """A title as it may stand in a subject: no line breaks, no endless length."""
    return " ".join(text.split())[:80]
