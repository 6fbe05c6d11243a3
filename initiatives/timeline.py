"""What happened to an initiative, in words that anybody understands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager, Organisation
from goals.models import Goal

WORDS = {  # what happened -> (sentence, icon)
    "register": (_("Opgeschreven als concept"), "pencil"),
    "edit": (_("De tekst is veranderd"), "pencil"),
    "submit": (_("Verstuurd naar de gemeente"), "mail"),
    "assign": (_("Nieuwe contactpersoon: {thing}"), "person"),
    "begin_dialogue": (_("In gesprek met de gemeente"), "speech"),
    "in_dialogue": (_("In gesprek met de gemeente"), "speech"),
    "take_back": (_("Weer terug bij het loket"), "arrow-left"),
    "await_decision": (_("Wacht op een besluit"), "clock"),
    "awaiting_decision": (_("Wacht op een besluit"), "clock"),
    "start": (_("Begonnen met doen"), "arrow"),
    "in_progress": (_("Begonnen met doen"), "arrow"),
    "reconsider": (_("Weer in gesprek"), "speech"),
    "realise": (_("Gerealiseerd"), "check"),
    "realised": (_("Gerealiseerd"), "check"),
    "keep_going": (_("Loopt door"), "arrow"),
    "ongoing": (_("Loopt door"), "arrow"),
    "pause": (_("Staat even stil"), "clock"),
    "paused": (_("Staat even stil"), "clock"),
    "resume": (_("Gaat weer verder"), "arrow"),
    "withdraw": (_("Gestopt door de initiatiefnemer"), "info"),
    "stop": (_("Gestopt"), "info"),
    "stopped": (_("Gestopt"), "info"),
    "refer": (_("Doorverwezen"), "arrow"),
    "referred": (_("Doorverwezen"), "arrow"),
    "set_kind": (_("Het soort plan is anders"), "signpost"),
    "challenge_filled": (_("Er is iets ingevuld over de taak"), "pencil"),
    "referral_sent": (_("Doorgestuurd, met een ja van de initiatiefnemer"), "mail"),
    "referral_taken_back": (_("De initiatiefnemer trok het ja tegen doorsturen in"), "info"),
    "referral_answered": (_("Wie het kreeg, gaf antwoord"), "speech"),
    "referral_silent": (_("Wie het kreeg, gaf nog geen antwoord"), "clock"),
    "merge": (_("Gaat verder in een ander plan"), "hands"),
    "take_in": (_("Een ander plan ging hierin verder"), "hands"),
    "merge_proposed": (_("Voorgesteld om samen te gaan met een ander plan"), "hands"),
    "merge_agreed": (_("Ja gezegd tegen samengaan"), "check"),
    "merge_declined": (_("Blijft op zichzelf"), "leaf"),
    "merge_lapsed": (_("Een voorstel om samen te gaan is verlopen"), "clock"),
    "merge_withdrawn": (_("Een voorstel om samen te gaan is ingetrokken"), "info"),
    "reopen": (_("Weer geopend"), "arrow"),
    "release": (_("Op de site gezet"), "check"),
    "hide": (_("Van de site gehaald"), "info"),
    "link_goal": (_("Hoort bij het doel “{thing}”"), "target"),
    "unlink_goal": (_("Hoort niet meer bij het doel “{thing}”"), "target"),
    "link_partner": (_("Werkt samen met {thing}"), "hands"),
    "unlink_partner": (_("Werkt niet meer samen met {thing}"), "hands"),
    "link_similar": (_("Gekoppeld aan een plan dat erop lijkt"), "leaf"),
    "unlink_similar": (_("Niet meer gekoppeld aan een ander plan"), "leaf"),
    "write": (_("Er is een bericht geschreven"), "speech"),
    "record_contact": (_("Er was contact met de gemeente"), "phone"),
    "set_requirement": (_("Er is een eis bij gekomen"), "check"),
    "correct_requirement": (_("Een eis is anders opgeschreven"), "pencil"),
    "meet_requirement": (_("Aan een eis is voldaan"), "check"),
    "drop_requirement": (_("Een eis is vervallen"), "close"),
    "question_requirement": (_("Gevraagd of een eis echt nodig is"), "speech"),
    "answer_requirement": (_("Antwoord op een vraag over een eis"), "speech"),
    "requirement_question_overdue": (_("Een antwoord over een eis is te laat"), "clock"),
    "clock_warning": (_("Een termijn loopt bijna af"), "clock"),
    "clock_overdue": (_("Een termijn is voorbij"), "clock"),
    "decision_awaited": (_("Er is een besluit nodig"), "clock"),
    "decision_planned": (_("Een besluit komt op een andere dag"), "calendar"),
    "decision_suspended": (_("De termijn voor een besluit staat stil"), "clock"),
    "decision_resumed": (_("De termijn voor een besluit loopt weer"), "clock"),
    "decision_made": (_("Er is een besluit genomen"), "check"),
    "decision_withdrawn": (_("Een besluit is niet meer nodig"), "info"),
    "decision_corrected": (_("Bij een besluit is iets rechtgezet"), "pencil"),
    "decision_overdue": (_("Een besluit is er niet op de verwachte dag"), "clock"),
    "promise_made": (_("Er is iets toegezegd"), "hands"),
    "promise_shifted": (_("Een toezegging is verschoven"), "calendar"),
    "promise_kept": (_("Een toezegging is nagekomen"), "check"),
    "promise_dropped": (_("Een toezegging is vervallen"), "close"),
    "promise_corrected": (_("Een toezegging staat er nu in andere woorden"), "pencil"),
    "promise_published": (_("Een toezegging is openbaar gemaakt"), "check"),
    "promise_hidden": (_("Een toezegging is niet meer openbaar"), "info"),
    "promise_due_soon": (_("De dag van een toezegging komt eraan"), "clock"),
    "promise_overdue": (_("De dag van een toezegging is voorbij"), "clock"),
    "ask_onlooker": (_("De initiatiefnemer vroeg iemand om mee te kijken"), "people"),
    "council_asked": (_("Er is een vraag gesteld aan de gemeenteraad"), "mail"),
    "council_received": (_("De griffie heeft de vraag aan de gemeenteraad"), "check"),
    "council_forwarded": (_("De vraag ging naar een commissie of naar raadsleden"), "arrow"),
    "council_answered": (_("Er is een antwoord op de vraag aan de gemeenteraad"), "speech"),
    "council_withdrawn": (_("De vraag aan de gemeenteraad is teruggenomen"), "arrow-left"),
    "council_ended": (_("De griffie hoorde dat het plan klaar is of gestopt"), "info"),
    "council_back": (_("De griffie hoorde dat het plan toch doorgaat"), "info"),
    "council_late": (_("De vraag aan de gemeenteraad wacht te lang"), "clock"),
    "ask_colleague": (_("Een collega werkt mee"), "hands"),
    "colleague_done": (_("Een collega is klaar"), "check"),
    "share_assessment": (_("De gemeente deelde hoe ze naar het plan kijkt"), "book"),
    "change_assessment": (_("De gemeente kijkt iets anders naar het plan"), "book"),
    "react_to_assessment": (_("Er is een reactie op de afweging"), "speech"),
    "close_assessment": (_("De afweging is afgerond"), "check"),
    "letter": (_("De gemeente stuurde een brief"), "mail"),
    "cancel_colleague": (_("Een collega hoeft iets niet meer te doen"), "info"),
    "colleague_due_soon": (_("Een collega moet bijna klaar zijn"), "clock"),
    "colleague_overdue": (_("Een collega is te laat"), "clock"),
    "revoke_onlooker": (_("Iemand kijkt niet meer mee"), "people"),
    "attachment_added": (_("Er is een bestand bij gekomen"), "note"),
    "attachment_removed": (_("Een bestand is weggehaald"), "close"),
    "attachment_shown": (_("Een bestand mag op de site"), "check"),
    "attachment_hidden": (_("Een bestand mag niet meer op de site"), "info"),
    "promise_proof_released": (_("Het bestand bij een toezegging mag op de site"), "check"),
    "promise_proof_removed": (_("Het bestand bij een toezegging is weggehaald"), "close"),
    "continuity_written": (_("Opgeschreven hoe het plan blijft draaien"), "leaf"),
    "continuity_reviewed": (_("Teruggekeken: hoe gaat het?"), "check"),
    "review_due_soon": (_("De dag van een terugblik komt eraan"), "calendar"),
    "review_overdue": (_("De dag van een terugblik is voorbij"), "clock"),
    "succession_offered": (_("Iemand is gevraagd om het plan over te nemen"), "people"),
    "succession_accepted": (_("Iemand nam het plan over"), "people"),
    "succession_declined": (_("Wie gevraagd was om het plan over te nemen, zei nee"), "info"),
    "succession_withdrawn": (_("De vraag om het plan over te nemen is ingetrokken"), "info"),
    "succession_lapsed": (_("De vraag om het plan over te nemen is verlopen"), "clock"),
    "carrier_left": (_("Een van de initiatiefnemers is gestopt"), "people"),
    "update_told": (_("De initiatiefnemer vertelde nieuws"), "note"),
    "update_corrected": (_("Nieuws is aangepast"), "pencil"),
    "update_removed": (_("Nieuws is weggehaald"), "close"),
    "update_hidden": (_("Nieuws staat niet meer op de site"), "info"),
    "update_shown": (_("Nieuws staat weer op de site"), "check"),
    "dossier": (_("Iemand van de gemeente bewaarde alles over het plan in één bestand"), "info"),
}
THINGS = {  # what happened -> where the thing in its details is found, and in which detail
    "link_goal": (Goal, "key"),
    "unlink_goal": (Goal, "key"),
    "link_partner": (Organisation, "key"),
    "unlink_partner": (Organisation, "key"),
    "assign": (AccountManager, "contact"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    words: str
    icon: str
    what: str


def told(events):
    """The events as entries, in the same order; one query for each kind of thing they name."""
    events = list(events)
    names = things(events)
    return [entry(event, names) for event in events if event.what in WORDS]


def entry(event, names):
    sentence, icon = WORDS[event.what]
    thing = names.get((event.what, event.details.get(THINGS.get(event.what, (None, ""))[1])), "…")
    return Entry(event.at, str(sentence).format(thing=thing), icon, event.what)


def things(events):
    """{(what, key): name} of everything the events name."""
    found = {}
    for model in {model for model, _detail in THINGS.values()}:
        asked = [
            (event.what, event.details.get(THINGS[event.what][1]))
            for event in events
            if event.what in THINGS and THINGS[event.what][0] is model
        ]
        known = (
            {one.key: str(one) for one in model.objects.filter(key__in={key for _what, key in asked})}
            if asked
            else {}
        )
        found |= {(what, key): known[key] for what, key in asked if key in known}
    return found
