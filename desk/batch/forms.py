"""What is filled in before one thing is done to many plans."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import AccountManager
from desk.batch.models import Batch
from desk.batch.verbs import MOST, WAYS
from desk.forms import SENTENCE, rows
from desk.page import manager_choices, managers
from goals.models import Goal
from townhall.filters import number_in
from townhall.submission import SentOnce

Act = Batch.Act
ACTS = {  # as it is sent -> (act, what the button says, what happens)
    "geven": (Act.GIVE, _("Geef aan een collega"), _("Deze plannen krijgen een andere contactpersoon.")),
    "nemen": (Act.TAKE, _("Maak van mij"), _("Jij wordt de contactpersoon van deze plannen.")),
    "verwerken": (
        Act.TRIAGE,
        _("Verwerk nieuwe plannen"),
        _("Deze plannen krijgen een contactpersoon en het gesprek begint. Er wordt niets gekoppeld."),
    ),
    "koppelen": (Act.LINK_GOAL, _("Koppel aan een doel"), _("Deze plannen horen daarna bij het doel.")),
    "gelezen": (Act.SEEN, _("Zet op gelezen"), _("Het nieuws over deze plannen is daarna gelezen.")),
}
CHOSEN = {"contact": AccountManager.objects.employed, "goal": Goal.objects.running}


def fields():
    """A form field for each argument of the acts."""
    return {
        "contact": forms.ChoiceField(
            label=_("Contactpersoon"),
            error_messages={
                "required": _("Kies een contactpersoon."),
                "invalid_choice": _("Deze contactpersoon kun je niet meer kiezen. Kies iemand anders."),
            },
        ),
        "goal": forms.ChoiceField(
            label=_("Doel"),
            error_messages={
                "required": _("Kies een doel."),
                "invalid_choice": _("Dit doel kun je niet meer kiezen. Kies een ander doel."),
            },
        ),
        "told": forms.CharField(
            label=_("Waarom iemand anders?"),
            help_text=_("De initiatiefnemers lezen dit."),
            max_length=300,
            error_messages={"required": _("Leg de initiatiefnemers in één zin uit waarom.")},
        ),
        "sentence": forms.CharField(
            widget=rows(5),
            help_text=_(
                "Ieder krijgt deze zin bij het eigen plan. Je kunt invullen: [contactpersoon], [plan]."
            ),
            **SENTENCE,
        ),
        "although": forms.CharField(
            label=_("Waarom deze collega?"),
            help_text=_("Alleen nodig als die geen ruimte heeft of afwezig is. Alleen collega’s lezen dit."),
            max_length=300,
        ),
    }


class BatchForm(SentOnce):
    """The arguments of one act."""

    def __init__(self, *args, act, **kwargs):
        super().__init__(*args, auto_id="samen-%s", **kwargs)
        known, way = fields(), WAYS[act]
        for name in (*way.asks, *way.may):
            self.fields[name] = known[name]
            self.fields[name].required = name in way.asks
        if "contact" in self.fields:
            choices = manager_choices(managers())
            self.fields["contact"].choices = [("", _("Kies een collega")), *choices]
        if "goal" in self.fields:
            goals = [(one.key, one.heading) for one in Goal.objects.running().alphabetical()]
            self.fields["goal"].choices = [("", _("Kies een doel")), *goals]

    def values(self):
        """The arguments of the verb: records for keys."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "token"}
        for name in CHOSEN.keys() & told.keys():
            told[name] = CHOSEN[name]().get(key=told[name])
        return told


def marked(data):
    """The plans that were ticked: {reference: version}; a value is "IW-2026-0001:3"."""
    found = {}
    for value in data.getlist("plan")[: MOST + 1]:
        reference, _colon, version = value.partition(":")
        if reference and "\x00" not in reference and (number := number_in(version)):
            found[reference[:20]] = number
    return found
