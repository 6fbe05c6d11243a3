"""What a manager does to notes and goals, on the one writer of townhall/verbs.py.

A step is verb -> (from which states, to which state). A goal that is over stays, with its plans and its
history; nothing is removed.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts.models import running
from dutch.analyser import telling
from goals.models import Goal, GoalPortfolio, PolicyNote
from townhall import verbs as town

STEPS = {
    "publish": ({Goal.State.DRAFT, Goal.State.ENDED}, Goal.State.RUNNING),
    "verify": ({Goal.State.RUNNING}, Goal.State.RUNNING),
    "end": ({Goal.State.RUNNING}, Goal.State.ENDED),
}
LOOKED_AT = {"publish", "verify"}  # whoever does this has just read the goal
BY_OWNER = {"verify"}


def allowed(goal):
    """The steps that can be taken with a goal as it is now."""
    return [verb for verb, (states, _to) in STEPS.items() if goal.state in states]


# Goals -----------------------------------------------------------------------------------------------------
@transaction.atomic
def create_goal(*, by, portfolio=None, since=None, policy_fields=(), themes=(), districts=(), **values):
    """A new goal, seen by officers only until it is published."""
    town.guard(by)
    _check_search_words(values.get("search_words", ""))
    key = town.next_key(Goal, "G")
    slug = town.free_slug(Goal, values.get("plain_title") or values.get("title", ""), key)
    links = {"policy_fields": policy_fields, "themes": themes, "districts": districts}
    goal = town.create(Goal(key=key, slug=slug, **values), by=by, **links)
    if portfolio:
        _answer_for(goal, portfolio, since or timezone.localdate())
    return goal


@transaction.atomic
def change_goal(goal, *, by, version=None, portfolio=None, since=None, **values):
    """Other words, links or another portfolio, which answers for the goal from `since` (today) on."""
    town.guard(by)
    _check_search_words(values.get("search_words", ""), known=goal.search_words)
    before = goal.portfolio_links.filter(running(since)).select_related("portfolio").first()
    moves = portfolio is not None and portfolio != (before and before.portfolio)
    details = {"portfolio": portfolio.key} if moves else {}
    goal = town.change(goal, by=by, version=version, details=details, touch=moves, **values)
    if moves:
        _answer_for(goal, portfolio, since or timezone.localdate())
    return goal


@transaction.atomic
def add_search_word(goal, *, by, word):
    """A word that residents use for this goal stands with its search words; adding it again changes nothing.

    It overwrites nobody's work, so it asks for no version.
    """
    town.guard(by)
    _check_search_words(word)
    words = [one.strip() for one in town.locked(goal).search_words.split(",")]
    word = word.strip()
    if word.casefold() in map(str.casefold, words):
        return goal
    together = ", ".join([*filter(None, words), word])
    if len(together) > Goal._meta.get_field("search_words").max_length:
        raise ValidationError(_("Er kunnen geen zoekwoorden meer bij. Haal eerst een woord weg."))
    return town.change(goal, by=by, what="add_word", search_words=together)


def _check_search_words(text, known=""):
    """Refuses what finds nothing, such as "de" and "!"; what stood there already may stay."""
    before = {one.strip() for one in known.split(",")}
    new = [one.strip() for one in text.split(",") if one.strip() not in before]
    if silent := [one for one in new if one and not telling(one)]:
        words = _("Dit is geen zoekwoord, want het zegt niet waar iets over gaat: %(words)s.")
        raise ValidationError({"search_words": words % {"words": ", ".join(silent)[:100]}})


def _answer_for(goal, portfolio, since):
    """From this day on the goal belongs to this portfolio; what it belonged to before stays known."""
    now = goal.portfolio_links.filter(running(since)).first()
    if now and now.since == since:  # put right on the day itself
        now.portfolio = portfolio
        return _keep(now)
    later = goal.portfolio_links.filter(since__gt=since).order_by("since").first()
    if later:
        words = _("Vanaf %(day)s hoort het doel al bij %(portfolio)s. Kies een latere dag.")
        raise ValidationError(
            {"since": words % {"day": date_format(later.since), "portfolio": later.portfolio.name}}
        )
    if now:
        now.until = since - datetime.timedelta(days=1)
        _keep(now)
    return _keep(GoalPortfolio(goal=goal, portfolio=portfolio, since=since))


def _keep(link):
    link.full_clean()
    link.save()


@transaction.atomic
def step(verb, goal, *, by, version=None):
    """One of STEPS: on the site, still good, or over; that it is still good its owner may say too."""
    owner = goal.owner.user if verb in BY_OWNER and goal.owner and by.is_officer else None
    town.guard(by, owner)
    states, to = STEPS[verb]
    goal = town.locked(goal, version)
    if goal.state not in states:
        words = _("Dit kan niet: het doel is %(state)s.")
        raise ValidationError(words % {"state": goal.get_state_display()}, code="state")
    seen = {"verified_on": timezone.localdate()} if verb in LOOKED_AT else {}
    return town.change(goal, by=by, what=verb, owner=owner, state=to, **seen)


# Notes -----------------------------------------------------------------------------------------------------
@transaction.atomic
def create_note(*, by, **values):
    """A new note; its goals can be written down from then on."""
    town.guard(by)
    key = town.next_key(PolicyNote, "N")
    slug = town.free_slug(PolicyNote, values.get("title", ""), key)
    return town.create(PolicyNote(key=key, slug=slug, **values), by=by)


def change_note(note, *, by, version=None, **values):
    return town.change(note, by=by, version=version, **values)


@transaction.atomic
def end_note(note, *, by, on, with_goals=False, version=None):
    """The last day the note holds; its running goals end along where that is said."""
    note = town.change(note, by=by, version=version, what="end", valid_until=on)
    if with_goals:
        for goal in note.goals.running():
            step("end", goal, by=by)
    return note
