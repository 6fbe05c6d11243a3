"""Goals and notes, as managers keep them up to date."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.manage import missed
from desk.manage.policy_forms import EndNoteForm, GoalForm, NoteForm, WordForm
from desk.manage.table import SOME, Action, Block, Mark, Noun, Todo, day, days, linked, on_site, place
from goals import verbs
from goals.models import Goal, PolicyNote

TONES = {Goal.State.DRAFT: "warning", Goal.State.RUNNING: "success", Goal.State.ENDED: "neutral"}
DATES = {
    "baseline": _("begin"),
    "target": _("doel"),
    "name": _("wat"),
    "unit": _("eenheid"),
    "year": _("jaar"),
}


def goals():
    """All goals with `.waits` and `.missed`; those that nobody looked at for long come first."""
    waits = Q(state=Goal.State.RUNNING) & Goal.is_unverified()
    found = Goal.objects.select_related("note", "owner").annotate(waits=waits)
    return missed.with_missed(found).order_by(
        "-waits", F("verified_on").asc(nulls_first=True), "title", "key"
    )


def looked_at(goal):
    """When a goal was last looked at; a mark when that is long ago."""
    if goal.waits:
        return Mark(day(goal.verified_on) if goal.verified_on else _("nog nooit"), "warning")
    return day(goal.verified_on)


def owner(goal):
    """With whom people can talk about a goal; a mark when there is nobody."""
    if goal.contact:
        return goal.contact.function
    words = _("werkt hier niet meer") if goal.owner else _("niemand")
    return Mark(words, "warning") if goal.state == Goal.State.RUNNING else words


def beside_goal(goal):
    links = goal.portfolio_links.select_related("portfolio")
    held = [(f"{one.portfolio.name}: {days(one)}", place("portefeuilles", one.portfolio)) for one in links]
    note = [(goal.note.title, place("notas", goal.note))] if goal.note else []
    return [on_site(goal), Block(_("De nota"), note), Block(_("Bij welke portefeuille"), held)]


def step(verb):
    """A step of goals/verbs.py, as an action takes it."""

    def take(goal, *, by, version):
        return verbs.step(verb, goal, by=by, version=version)

    return take


def add_word(goal, *, by, version, word):
    """A search word more; whoever changed the goal meanwhile loses nothing by it."""
    return verbs.add_search_word(goal, by=by, word=word)


def can(verb):
    return lambda goal: verb in verbs.allowed(goal)


def notes():
    """All notes with `.left`, how many of their goals run; those that are over while goals run come first."""
    number = Goal.objects.running().filter(note=OuterRef("pk")).order_by().values("note")
    left = Coalesce(Subquery(number.annotate(n=Count("pk")).values("n")), 0)
    found = PolicyNote.objects.annotate(left=left)
    over = Q(valid_until__lt=timezone.localdate(), left__gt=0)
    return found.annotate(waits=over).order_by("-waits", "title")


def until_words(note):
    return _("voorbij sinds %(day)s") % {"day": day(note.valid_until)}


def until(note):
    """The last day of a note; a mark when it has passed."""
    if note.is_over():
        return Mark(until_words(note), "warning" if note.waits else "neutral")
    return day(note.valid_until)


def notes_todo():
    """Notes that are over, each with the goals that still run."""
    left = Prefetch("goals", Goal.objects.running().order_by("title"), to_attr="running_goals")
    found = PolicyNote.objects.outlived().order_by("valid_until", "title").prefetch_related(left)[:SOME]
    items = [
        (
            f"{note.title} ({until_words(note)})",
            place("notas", note),
            [(goal.heading, place("doelen", goal)) for goal in note.running_goals[:SOME]],
        )
        for note in found
    ]
    title = _("Deze nota's zijn voorbij. Verleng ze, of beëindig de doelen die nog lopen.")
    return Todo(title, items) if items else None


def beside_note(note):
    goals = note.goals.order_by("state", "title")
    return [on_site(note), Block(_("Doelen in deze nota"), linked("doelen", goals))]


POLICY = {
    "doelen": Noun(
        many=_("Doelen"),
        one=_("doel"),
        intro=_(
            "Wat de raad wil bereiken, in gewone woorden. Een doel komt op de site als er een nota bij "
            "staat. Kijk elk half jaar of het nog klopt."
        ),
        new=_("Nieuw doel"),
        first=_("Doel"),
        icon="target",
        model=Goal,
        form=GoalForm,
        records=goals,
        name=lambda goal: goal.heading,
        columns=[
            (_("Staat"), lambda goal: Mark(goal.get_state_display(), TONES[goal.state])),
            (_("Nota"), lambda goal: goal.note.title if goal.note else Mark(_("geen"), "warning")),
            (_("Contactpersoon"), owner),
            (_("Nagekeken"), looked_at),
            (_("Gemiste plannen (30 dagen)"), lambda goal: goal.missed or "–"),
        ],
        search=("key", "title", "plain_title"),
        shows={
            "nakijken": (_("Na te kijken"), lambda found: found.filter(waits=True)),
            "zonder-contact": (_("Zonder contactpersoon"), lambda found: found.without_owner()),
            "gemist": (
                _("Miste plannen"),
                lambda found: found.filter(missed__gt=0).order_by("-missed", "title", "key"),
            ),
            "concept": (_("Concept"), lambda found: found.filter(state=Goal.State.DRAFT)),
            "afgelopen": (_("Afgelopen"), lambda found: found.filter(state=Goal.State.ENDED)),
        },
        create=verbs.create_goal,
        change=verbs.change_goal,
        actions={
            "goed": Action(
                _("Nog steeds goed"),
                step("verify"),
                may=can("verify"),
                done=_("Het doel is vandaag nagekeken."),
                more=_("Je hebt het doel gelezen en het klopt nog."),
                quick=True,
            ),
            "woord": Action(
                _("Voeg een zoekwoord toe"),
                add_word,
                form=WordForm,
                done=_("Het zoekwoord staat erbij."),
                more=_("De wegwijzer vindt dit doel dan voor plannen waar dat woord in staat."),
            ),
            "publiceren": Action(
                _("Zet op de site"),
                step("publish"),
                may=can("publish"),
                done=_("Het doel staat op de site."),
                more=_("Iedereen kan het doel vinden, en de wegwijzer stelt het voor."),
            ),
            "beeindigen": Action(
                _("Dit doel is afgelopen"),
                step("end"),
                may=can("end"),
                done=_("Het doel is afgelopen."),
                more=_(
                    "Het doel blijft op de site staan als afgelopen, met de plannen die erbij horen. "
                    "De wegwijzer stelt het niet meer voor."
                ),
            ),
        },
        beside=beside_goal,
        below=("desk/_manage_missed.html", missed.about),
        prefill={"nota": "note"},
        parts=DATES,
    ),
    "notas": Noun(
        many=_("Nota's"),
        one=_("nota"),
        intro=_("De stukken waarin de raad of het college doelen heeft vastgelegd."),
        new=_("Nieuwe nota"),
        first=_("Nota"),
        icon="book",
        model=PolicyNote,
        form=NoteForm,
        records=notes,
        columns=[
            (_("Vastgesteld"), lambda note: day(note.adopted_on)),
            (_("Geldt tot en met"), until),
            (_("Lopende doelen"), lambda note: note.left),
        ],
        search=("key", "title"),
        shows={"voorbij": (_("Voorbij, met lopende doelen"), lambda found: found.filter(waits=True))},
        create=verbs.create_note,
        change=verbs.change_note,
        actions={
            "beeindigen": Action(
                _("Deze nota is afgelopen"),
                verbs.end_note,
                form=EndNoteForm,
                may=lambda note: not note.is_over() or note.goals.running().exists(),
                done=_("De nota heeft een einddatum."),
                more=_("De nota blijft op de site staan, met de dag tot wanneer die gold."),
            )
        },
        beside=beside_note,
        todo=notes_todo,
    ),
}
