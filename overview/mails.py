"""Which mails one may choose to get: the kinds of news, gathered under a few questions."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import verbs
from agreements.cohandlers import reminders as of_colleagues
from agreements.commitments import reminders as of_promises
from agreements.continuity import reminders as of_reviews
from agreements.council.verbs import LATE as COUNCIL_LATE
from agreements.requirements import reminders as of_requirements
from desk import reminders
from desk.day.reminders import TO_VERIFY
from desk.decisions.reminders import OVERDUE
from desk.letters.selecting import NEWS as LETTER
from desk.notes.verbs import MENTION
from initiatives import notices

MESSAGES, SITE = {"write"}, {"release", "hide", "update_hidden", "update_shown"}
PROMISES = {what for what in notices.TOLD if what.startswith("promise_")}
TERMS = {*of_reviews.KINDS, COUNCIL_LATE}
PROGRESS = set(notices.TOLD) - notices.ALWAYS - MESSAGES - SITE - PROMISES - TERMS


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick, and the kinds of news it stands for."""

    label: str
    help_text: str
    kinds: frozenset
    is_for_officers: bool = False


CHOICES = {
    "berichten": Choice(
        _("Berichten over een plan"),
        _("Iemand schrijft je. Het bericht staat in de mail."),
        frozenset(MESSAGES),
    ),
    "voortgang": Choice(
        _("Hoe het gaat met een plan"),
        _("Een plan krijgt een contactpersoon, begint, wacht op een besluit of stopt."),
        frozenset(PROGRESS),
    ),
    "site": Choice(
        _("Een plan komt op de site, of gaat eraf"), _("Dan kan iedereen het lezen."), frozenset(SITE)
    ),
    "toezeggingen": Choice(
        _("Toezeggingen bij een plan"),
        _("Iemand belooft iets, verschuift het of komt het na. En je moet zelf iets nakomen."),
        frozenset(PROMISES | set(of_promises.KINDS)),
    ),
    "terugblikken": Choice(
        _("Terugkijken op een plan"),
        _("De dag komt eraan waarop jullie terugkijken, of die is voorbij."),
        frozenset(of_reviews.KINDS),
    ),
    "brieven": Choice(
        _("Brieven van de gemeente aan een groep"),
        _("Bijvoorbeeld een uitnodiging aan iedereen met een plan in je wijk."),
        frozenset({LETTER}),
    ),
    "notities": Choice(
        _("Een collega noemt je in een notitie"),
        _("De notitie lees je op de werkbank."),
        frozenset({MENTION}),
        is_for_officers=True,
    ),
    "termijnen": Choice(
        _("Een termijn loopt af"),
        _(
            "Je moet iets doen voor een plan waarvan je het contact bent, of een besluit of een antwoord van "
            "de raad is te laat."
        ),
        frozenset(
            {
                *reminders.KINDS,
                *of_colleagues.KINDS,
                OVERDUE,
                of_requirements.OVERDUE,
                TO_VERIFY,
                COUNCIL_LATE,
            }
        ),
        is_for_officers=True,
    ),
}


class MailForm(forms.Form):
    """A box for each choice this person has, ticked where they get the mail now."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.choices = {
            name: choice for name, choice in CHOICES.items() if user.is_officer or not choice.is_for_officers
        }
        off = set(user.notification_preferences.filter(by_mail=False).values_list("kind", flat=True))
        for name, choice in self.choices.items():
            self.fields[name] = forms.BooleanField(
                label=choice.label,
                help_text=choice.help_text,
                required=False,
                initial=not choice.kinds <= off,
            )

    def keep(self):
        """What was ticked holds from now on."""
        kinds = frozenset().union(*(choice.kinds for choice in self.choices.values()))
        wanted = [choice.kinds for name, choice in self.choices.items() if self.cleaned_data[name]]
        verbs.choose_mails(by=self.user, kinds=kinds, wanted=frozenset().union(*wanted))
