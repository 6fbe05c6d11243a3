"""The matcher for the rest of the house: an answer with its records, and its proposals for an initiative."""

from collections import Counter
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.models import AccountManager
from funding.advice import COSTLY
from funding.found import Offer, offers
from funding.models import FinancingForm, NeedKind, Scheme
from goals.models import Goal
from initiatives.models import Initiative
from matching.corpus import keeper
from matching.helplines import Helpline, helplines
from matching.models import Suggestion
from matching.shapes import Question, Reason
from townhall import outbox

STRONG_FROM = 0.6

NEXT_BEST = {  # rule of a runner-up -> why
    "goal_owner": "Werkt voor de gemeente aan een van de doelen die bij dit plan passen.",
    "deputy": "Vervangt de collega die aan een van de doelen werkt.",
    "profile": "Weet ook veel van dit onderwerp.",
}


UNREAD = {  # why nothing can be said yet -> what that is called
    "empty": _("Hier kunnen we nog geen woorden in lezen"),
    "no_known_words": _("Deze woorden kennen we nog niet"),
}
_LITTLE = _("De wegwijzer kon met deze tekst niets: er staat te weinig in. Kijk zelf.")
UNREADABLE = {  # why a text says too little -> what colleagues read, among the reasons for a contact
    "empty": _LITTLE,
    "too_short": _LITTLE,
    "stop_words_only": _LITTLE,
    "no_known_words": _(
        "De wegwijzer kon deze tekst niet lezen: te weinig woorden zijn Nederlands. Kijk zelf."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A suggestion with the record itself."""

    record: Goal | AccountManager | FinancingForm | Scheme | Initiative
    score: float
    reasons: tuple[Reason, ...]
    schemes: tuple["Found", ...] = ()
    """Of a form: the schemes one can apply to."""
    strength: str = ""
    """Of a goal: its score in a word."""


@dataclass(frozen=True, slots=True)
class FreeHelp:
    """Help that costs no money: what it is about, and what the municipality can do."""

    need: str
    sentence: str

    @property
    def title(self):
        return NeedKind(self.need).label.capitalize()


@dataclass(frozen=True, slots=True)
class Advice:
    """What the wegwijzer shows: the matcher's answer with records instead of keys."""

    version: str
    unclear: str = ""
    fits: bool = False
    is_plan: bool = True
    goals: list[Found] = field(default_factory=list)
    contact: Found | None = None
    runners_up: list[Found] = field(default_factory=list)
    partners: list[Found] = field(default_factory=list)
    similar: list[Found] = field(default_factory=list)
    help: list[FreeHelp] = field(default_factory=list)
    forms: list[Found] = field(default_factory=list)
    asks_money: bool = False
    """Was money asked for, or something that somebody has to pay?"""
    found: list[Offer] = field(default_factory=list)
    """What was read in the text; the resident may take it over."""
    helplines: tuple[Helpline, ...] = ()
    """Whom to call now; of a text that tells of distress."""

    @property
    def fitting(self):
        """How many goals fit better than perhaps; the page promises no more than that."""
        return sum(found.strength != "misschien" for found in self.goals)

    @property
    def fits_nothing(self):
        return not self.fits

    @property
    def reads_as_nothing(self):
        """No plan, and near no goal: somebody seems to come for something else."""
        return not (self.fits or self.is_plan)

    @property
    def headline(self):
        """What was found, in one line."""
        if self.helplines:
            return _("Heb je nu hulp nodig?")
        if self.unclear:
            return UNREAD.get(self.unclear, _("Vertel ons iets meer"))
        if self.fits and self.fitting:
            return ngettext(
                "Je plan past bij een doel van de gemeente",
                "Je plan past bij %(number)s doelen van de gemeente",
                self.fitting,
            ) % {"number": self.fitting}
        if self.fits:
            return _("Je plan past misschien bij een doel van de gemeente")
        return _("Je plan is welkom") if self.is_plan else _("Is dit een plan voor je buurt?")

    @property
    def asked_forms(self):
        """Ways to pay what was asked for, or that the words of the plan led to."""
        return [form for form in self.forms if self.asks_money or any(why.words for why in form.reasons)]

    @property
    def other_forms(self):
        """Ways to pay that nobody asked about."""
        return [form for form in self.forms if form not in self.asked_forms]

    def to_show(self):
        """What both doors tell: to somebody in need no more than whom to call and who the contact is.

        Nor do they name company and money where nobody reads a plan.
        """
        if not (self.helplines or self.reads_as_nothing):
            return self
        shown = replace(self, partners=[], similar=[], help=[], forms=[], found=[])
        return replace(shown, goals=[], fits=False) if self.helplines else shown


def strengths(fits_from):
    """((lowest score, what a score from there on is called), …), best first, where a goal fits from here on.

    A score is a chance: see docs/matcher.md.
    """
    return ((STRONG_FROM, "sterk"), (fits_from, "redelijk"), (0.0, "misschien"))


def strength(score, fits_from):
    """What a score is called."""
    return next(name for lowest, name in strengths(fits_from) if score >= lowest)


def advise(question: Question):
    """The advice for a question; the same question and the same town give the same advice."""
    shelf = keeper.current()
    answer = shelf.matcher.answer(question)
    contact = answer.contact
    return Advice(
        version=answer.version,
        unclear=answer.unclear,
        fits=answer.fits,
        is_plan=answer.is_plan,
        goals=[
            replace(one, strength=strength(one.score, shelf.matcher.fits_from))
            for one in records(answer.goals, shelf.goals)
        ],
        contact=contact and Found(shelf.managers[contact.key], 1.0, contact.reasons),
        runners_up=runners_up(contact, shelf.managers),
        partners=records(answer.partners, shelf.organisations),
        similar=records(answer.similar, plans_of(answer.similar)),
        help=[FreeHelp(one.need, one.sentence) for one in answer.help],
        forms=with_schemes(records(answer.forms, shelf.forms), records(answer.schemes, shelf.schemes)),
        asks_money=asks_money(question, answer),
        found=offers(answer.found_needs, answer.found_amount, answer.found_words),
        helplines=helplines(question.title, question.text),
    )


def asks_money(question, answer):
    """True when money is asked for, or a thing that costs some: ticked or typed, else read in the text."""
    needs = answer.found_needs if question.needs is None else question.needs
    return bool(COSTLY & {*needs} or question.amount or answer.found_amount)


def records(candidates, known):
    """Candidates with the record behind their key; without those that are there no more."""
    return [Found(known[one.key], one.score, one.reasons) for one in candidates if one.key in known]


def with_schemes(forms, schemes):
    """The forms, each with the schemes that belong to it."""
    return [
        replace(form, schemes=tuple(one for one in schemes if one.record.form_id == form.record.pk))
        for form in forms
    ]


def plans_of(candidates):
    """{reference: plan} of those everybody may still see; a process keeps no records of so many."""
    if not candidates:
        return {}
    plans = Initiative.objects.visible_to(AnonymousUser()).select_related("district")
    plans = plans.only("reference", "public_id", "title", "state", "district__name")
    return {plan.reference: plan for plan in plans.filter(reference__in=[one.key for one in candidates])}


def runners_up(choice, known):
    """Who would do as well as the contact, best first; the score only keeps them in order."""
    return [
        Found(known[one.key], one.score / (1 + one.score), (Reason(one.rule, NEXT_BEST[one.rule]),))
        for one in (choice.runners_up if choice else ())
    ]


def question_of(initiative):
    """An initiative as a question."""
    needs = list(initiative.needs.all())
    return Question(
        title=initiative.title,
        text=initiative.story,
        district=initiative.district.name if initiative.district else "",
        needs=tuple(need.kind for need in needs) or None,
        amount=next((need.amount for need in needs if need.amount is not None), None),
        initiative=initiative.reference or "",
    )


def suggest(initiative):
    """Store what the matcher proposes; how many of it nobody judged yet.

    What an officer judged stays, with its verdict; what is found again has the score and reasons of now.
    """
    advice = advise(question_of(initiative))
    found = [
        *(("goal", one) for one in advice.goals),
        *((("manager", advice.contact),) if advice.contact else ()),
        *(("manager", one) for one in advice.runners_up),
        *(("organisation", one) for one in advice.partners),
        *(("similar", one) for one in advice.similar),
        *(("form", one) for one in advice.forms),
    ]
    with transaction.atomic():
        Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
        initiative.suggestions.filter(verdict="").delete()
        judged = {(one.target, getattr(one, f"{one.target}_id")): one for one in initiative.suggestions.all()}
        fresh, again, ranks = [], [], Counter()
        for name, one in found:
            ranks[name] += 1
            row = judged.get((name, one.record.pk))
            (again if row else fresh).append(row or Suggestion(initiative=initiative, **{name: one.record}))
            row = row or fresh[-1]
            row.score, row.rank, row.version = one.score, ranks[name], advice.version
            row.reasons = [reason_row(reason) for reason in one.reasons]
            if name == "manager" and advice.unclear:
                row.reasons.append(reason_row(Reason(advice.unclear, str(UNREADABLE[advice.unclear]))))
        Suggestion.objects.bulk_create(fresh)
        Suggestion.objects.bulk_update(again, ["score", "rank", "reasons", "version"])
    return len(fresh)


class Unread(models.TextChoices):
    """How it stands with reading a plan that has no suggestions."""

    SOON = "soon", _("De wegwijzer heeft dit plan nog niet gelezen")
    AGAIN = "again", _("Het lezen van dit plan lukte niet")
    STUCK = "stuck", _("De wegwijzer kan dit plan niet lezen")
    TONIGHT = "tonight", _("De wegwijzer heeft geen voorstellen")


def unread(initiative):
    """How it stands with reading a plan that has no suggestions."""
    told = outbox.unfinished("match").filter(payload__initiative=initiative.pk)
    found = told.values("parked_at", "attempts").order_by("-created_at").first()
    if found is None:
        return Unread.TONIGHT
    if found["parked_at"]:
        return Unread.STUCK
    return Unread.AGAIN if found["attempts"] > 1 else Unread.SOON


def reason_row(reason):
    """A reason as it is stored: the sentence and the words of both sides."""
    return {
        "code": reason.code,
        "sentence": reason.sentence,
        "words": list(reason.words),
        "their_words": list(reason.their_words),
    }
