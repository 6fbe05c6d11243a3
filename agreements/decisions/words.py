"""What the mails say of a decision, in plain sentences; the same facts stand on the pages."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def awaited(decision):
    """Who decides what, when, and why it takes time."""
    return "\n\n".join(
        [
            _("%(who)s besluit hierover: %(question)s") % about(decision),
            _("We verwachten het besluit op %(day)s.") % {"day": day(decision.planned_on)},
            _("Waarom dit tijd kost: %(why)s") % {"why": decision.why},
        ]
    )


def planned(decision, was, reason):
    """The new day, the old one, and the reason."""
    told = about(decision) | {"day": day(decision.planned_on), "was": day(was)}
    moved = _("Het besluit over “%(question)s” verwachten we nu op %(day)s, en niet op %(was)s.")
    return "\n\n".join([moved % told, _("De reden: %(why)s") % {"why": reason}])


def suspended(decision, pause):
    """From when the law lets the term stand still, until when, on which ground, and what comes then."""
    told = about(decision) | {"since": day(pause.since), "until": pause.until and day(pause.until)}
    if pause.until:
        still = _("De termijn voor “%(question)s” staat stil van %(since)s tot en met %(until)s.")
        then = expected(decision)
    else:
        still = _("De termijn voor “%(question)s” staat stil vanaf %(since)s.")
        then = _("We laten het je weten als de termijn weer loopt.")
    ground = {"ground": pause.get_ground_display(), "article": pause.article}
    return "\n\n".join([still % told, _("De reden: %(ground)s (%(article)s).") % ground, then])


def resumed(decision):
    """The term runs again, until when (Awb 4:15, fourth paragraph: the applicant is told)."""
    runs = _("De termijn voor “%(question)s” loopt weer.") % about(decision)
    return f"{runs}\n\n{expected(decision)}"


def expected(decision):
    told = {"day": day(decision.planned_on), "due": day(decision.due_on)}
    return _("We verwachten het besluit op %(day)s. Volgens de wet is het er uiterlijk op %(due)s.") % told


def made(decision):
    """The outcome, why, what would change it, how to go on, and what one can do who disagrees."""
    told = about(decision) | {"outcome": decision.get_outcome_display()}
    parts = [
        _("%(who)s heeft besloten over “%(question)s”. De uitkomst: %(outcome)s.") % told,
        decision.reasons and _("Waarom: %(text)s") % {"text": decision.reasons},
        decision.what_would_change
        and _("Wat dit zou veranderen: %(text)s") % {"text": decision.what_would_change},
        decision.next_step and _("Zo kun je verder: %(text)s") % {"text": decision.next_step},
        disagreeing(decision),
    ]
    return "\n\n".join(parts)


def explained(decision):
    """(sentence to put a text in, that text) of what goes with an outcome; a text may be empty."""
    yield _("Waarom: %(text)s"), decision.reasons
    yield _("Wat dit zou veranderen: %(text)s"), decision.what_would_change
    yield _("Zo kun je verder: %(text)s"), decision.next_step


def disagreeing(decision):
    """The objection clause in short (Awb 3:45); of an informal decision that there is none."""
    if decision.objection_until:
        words = _(
            "Ben je het er niet mee eens? Je kunt bezwaar maken tot en met %(day)s. Bij je plan staat hoe."
        )
        return words % {"day": day(decision.objection_until)}
    return _("Dit is geen formeel besluit. Ben je het er niet mee eens? Praat erover met je contactpersoon.")


def withdrawn(decision):
    """Nobody waits for it any more, and why."""
    gone = _("We wachten niet meer op een besluit over “%(question)s”.") % about(decision)
    return "\n\n".join([gone, _("De reden: %(why)s") % {"why": decision.reasons}])


def corrected(decision, stood, reason):
    """What was put right and why, with what stands there now; the outcome did not change."""
    first = _("Er stond iets niet goed bij het besluit over “%(question)s”. Dat hebben we rechtgezet.")
    parts = [first % about(decision), _("De reden: %(why)s") % {"why": reason}]
    for name in stood:
        value = getattr(decision, name)
        now = day(value) if name == "decided_on" else value
        what = decision._meta.get_field(name).verbose_name
        parts.append(_("Er staat nu bij %(what)s: %(now)s") % {"what": what, "now": now})
    if "decided_on" in stood and decision.objection_until:
        until = {"day": day(decision.objection_until)}
        parts.append(_("Bezwaar maken kan nu tot en met %(day)s.") % until)
    if decision.is_made:
        parts.append(_("De uitkomst zelf is niet veranderd."))
    return "\n\n".join(parts)


def about(decision):
    """Who decides, to begin a sentence with, and about what."""
    who = str(decision.body_words)
    return {"who": who[:1].upper() + who[1:], "question": decision.question}


def day(one):
    return date_format(one, "l j F Y")
