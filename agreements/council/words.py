"""What is said about a question to the council, in plain sentences; the same facts stand on the pages."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def asked(question):
    """What is asked, by when there is word of it, and that it can be taken back."""
    return "\n\n".join(
        [
            _("De vraag: %(question)s") % {"question": question.question},
            _("De griffie werkt voor de gemeenteraad. Uiterlijk %(day)s hoor je of ze de vraag heeft.")
            % {"day": day(question.due_on)},
            _("Zolang er geen antwoord is, kun je de vraag terugnemen bij je plan."),
        ]
    )


def received(question):
    told = {"day": day(question.due_on), "question": question.question}
    return _("De griffie heeft de vraag: %(question)s. Uiterlijk %(day)s hoor je naar wie die gaat.") % told


def forwarded(question):
    """To whom it went, when they talk about it, and until when the answer may take."""
    told = {"whom": question.forwarded_to, "meets": day(question.meets_on), "day": day(question.due_on)}
    return "\n\n".join(
        [
            _("De vraag: %(question)s") % {"question": question.question},
            _("De vraag is nu bij: %(whom)s. Zij bespreken die op %(meets)s.") % told,
            _("Uiterlijk %(day)s hoor je het antwoord.") % told,
        ]
    )


def answered(question):
    return "\n\n".join(
        [
            _("De vraag: %(question)s") % {"question": question.question},
            _("Het antwoord: %(answer)s") % {"answer": question.answer},
            _("Zo kun je verder: %(step)s") % {"step": question.next_step},
        ]
    )


def withdrawn(question):
    told = {"question": question.question, "why": question.closing_reason}
    return _("De vraag aan de raad is niet meer nodig: %(question)s\n\nWaarom: %(why)s") % told


def late(question):
    told = {"question": question.question, "day": day(question.due_on)}
    return _("De griffie zou voor %(day)s een stap doen met deze vraag: %(question)s. Bel de griffie.") % told


def day(one):
    return date_format(one, "l j F Y")
