"""What officers fill in about a decision that a plan waits for."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.decisions.models import CORRECTABLE, MADE, Body, Ground, Outcome
from agreements.decisions.term import USUAL_WEEKS
from desk.forms import Versioned, rows
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

READ_BY = _("Wie het plan mag lezen, leest dit ook. Schrijf geen namen op.")
NO_DAY = _("Vul de dag in.")
STAYS = ("", _("Het plan blijft staan zoals het staat"))


def words(label, most, *, help_text=READ_BY, required="", size=3, **options):
    """A text of at most so many characters; required: the sentence where it is missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(required),
        widget=rows(size),
        error_messages={"required": required, "max_length": TOO_LONG},
        **options,
    )


def day(label, *, help_text="", required=NO_DAY, **options):
    """A day, picked or typed; required: the sentence where it is missing."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=bool(required),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": required, "invalid": _("Schrijf de dag zo: 21-11-2026.")},
        **options,
    )


def mostly_needed(field):
    """The field, shown as one to fill in; when it may stay empty, the verb says."""
    field.required, field.validate = True, lambda value: None
    return field


class WaitForm(Versioned, SentOnce):
    """A decision that the plan waits for from now on; `version` is that of the plan."""

    use_required_attribute = False
    question = words(
        _("Waarover moet iemand besluiten?"),
        300,
        required=_("Schrijf in één zin waarover het besluit gaat."),
        size=2,
    )
    body = forms.ChoiceField(
        label=_("Wie besluit?"),
        choices=[("", _("Kies wie besluit")), *Body.choices],
        error_messages={"required": _("Kies wie besluit."), "invalid_choice": _("Kies wie besluit.")},
    )
    body_name = forms.CharField(
        label=_("Welke afdeling of organisatie?"),
        help_text=_("Alleen nodig bij een afdeling of iemand anders. Geen naam van een persoon."),
        max_length=100,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    why = words(
        _("Waarom kost dit tijd?"), 1000, required=_("Leg in gewone woorden uit waarom dit tijd kost.")
    )
    is_political = forms.BooleanField(label=_("Het is een politieke keuze"), required=False)
    is_formal = forms.BooleanField(
        label=_("Het is een formeel besluit"),
        help_text=_("Er is een aanvraag, bijvoorbeeld voor een vergunning. Tegen het besluit kan bezwaar."),
        required=False,
    )
    received_on = day(
        _("Wanneer kwam de aanvraag binnen?"), required="", help_text=_("Alleen bij een formeel besluit.")
    )
    weeks = forms.IntegerField(
        label=_("Hoeveel weken geeft de wet?"),
        help_text=_("Alleen bij een formeel besluit. Zegt geen andere wet iets? Dan is het 8."),
        min_value=1,
        max_value=52,
        required=False,
        initial=USUAL_WEEKS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Vul een aantal weken in, van 1 tot 52.")
        ),
    )
    planned_on = mostly_needed(
        day(
            _("Wanneer verwacht je het besluit?"),
            required="",
            help_text=_("Een werkdag. Bij een formeel besluit mag dit leeg zijn: dan geldt de laatste dag."),
        )
    )
    asked_on = day(
        _("Sinds wanneer wacht het plan?"),
        required="",
        help_text=_("Leeg betekent: sinds vandaag, of sinds de aanvraag."),
    )
    and_await = forms.BooleanField(label=_("Zet het plan op wacht op besluit"), required=False)

    def __init__(self, *args, may_await, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_await:
            del self.fields["and_await"]


class PlanAgainForm(Versioned):
    """Another day, and why."""

    planned_on = day(_("Wanneer verwacht je het besluit nu?"))
    reason = words(
        _("Waarom een andere dag?"), 500, required=_("Schrijf op waarom het een andere dag wordt.")
    )


class SuspendForm(Versioned):
    """The ground of the law, and the days."""

    ground = forms.ChoiceField(
        label=_("Waarom staat de termijn stil?"),
        help_text=_("De wet kent alleen deze redenen."),
        choices=Ground.choices,
        error_messages={"required": _("Kies de reden."), "invalid_choice": _("Kies de reden.")},
    )
    told_on = day(
        _("Wanneer hoorde de aanvrager dit?"),
        help_text=_(
            "Is de aanvraag niet compleet of komt er informatie uit het buitenland? Dan staat de termijn "
            "stil vanaf de dag erna. Anders vanaf deze dag."
        ),
        initial=timezone.localdate,
    )
    until = day(
        _("Tot en met welke dag?"),
        required="",
        help_text=_("De laatste dag die de aanvrager heeft. Bij een andere reden mag dit leeg blijven."),
    )


class ResumeForm(Versioned):
    """The day from which the term runs again."""

    on = day(
        _("Vanaf welke dag loopt de termijn weer?"),
        help_text=_("De dag waarop er was wat ontbrak. Die dag telt weer mee."),
        initial=timezone.localdate,
    )


class DecideForm(Versioned):
    """The outcome; a negative one shows why, what would change it, and how to go on."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=_("Wat is er besloten?"),
        choices=[(code, Outcome(code).label.capitalize()) for code in Outcome if code in MADE],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat er besloten is."),
            "invalid_choice": _("Kies wat er besloten is."),
        },
    )
    decided_on = day(
        _("Wanneer?"),
        help_text=_(
            "Bij een formeel besluit: de dag waarop de brief is verstuurd. Dan begint de tijd voor bezwaar."
        ),
        initial=timezone.localdate,
    )
    reasons = mostly_needed(
        words(
            _("Waarom?"),
            4000,
            size=4,
            help_text=_("In gewone woorden, zonder namen. Bij een ja mag dit leeg zijn."),
        )
    )
    what_would_change = mostly_needed(
        words(
            _("Wat zou dit veranderen?"),
            2000,
            help_text=_("Waarmee wordt het wel een ja? Bij een ja mag dit leeg zijn."),
        )
    )
    next_step = mostly_needed(
        words(
            _("Wat is de volgende stap?"),
            2000,
            help_text=_(
                "Wat kan de initiatiefnemer nu doen, en wie helpt daarbij? Bij een ja mag dit leeg zijn."
            ),
        )
    )
    then = forms.ChoiceField(label=_("En het plan?"), required=False)
    plan_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args, steps, **kwargs):
        """steps: [(verb, words), …] that the plan may take now."""
        super().__init__(*args, **kwargs)
        self.fields["then"].choices = [STAYS, *steps]


class WithdrawForm(Versioned):
    """Why nobody waits for it any more."""

    reasons = words(
        _("Waarom is het niet meer nodig?"), 2000, required=_("Leg in gewone woorden uit waarom.")
    )


class CorrectForm(Versioned):
    """What was written down wrong, as it should be, and why; only what may be put right is asked."""

    use_required_attribute = False
    question = words(_("Waarover moet iemand besluiten?"), 300, size=2)
    body_name = words(_("Welke afdeling of organisatie?"), 100, size=1)
    why = words(_("Waarom kost dit tijd?"), 1000)
    decided_on = day(
        _("Wanneer is het besloten?"),
        required="",
        help_text=_("Een formeel besluit kan alleen een latere dag krijgen, nooit een eerdere."),
    )
    reasons = words(_("Waarom?"), 4000, size=4)
    what_would_change = words(_("Wat zou dit veranderen?"), 2000)
    next_step = words(_("Wat is de volgende stap?"), 2000)
    reason = words(
        _("Waarom zet je dit recht?"),
        500,
        help_text=_("Iedereen die het besluit leest, ziet dit, en wat er eerst stond."),
        required=_("Schrijf op waarom je dit rechtzet."),
    )
    personal = forms.BooleanField(
        label=_("Er stond iets over een persoon in"),
        help_text=_("Dan gaat weg wat er eerst stond. Noem ook in de reden geen naam."),
        required=False,
    )

    def __init__(self, *args, correctable, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(CORRECTABLE) - set(correctable):
            del self.fields[name]
