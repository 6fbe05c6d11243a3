"""How the wegwijzer works here: what a score means, from where a goal fits, and what was learned."""

from django.db.models import Count, Exists, Max, OuterRef, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from desk.manage.town_forms import SHIFTS
from initiatives.models import CLOSED, Initiative, State
from matching import learning, teaching
from matching.matcher import VERSION, fits_from
from matching.models import Learned, Suggestion, Verdict
from matching.service import strengths
from townhall import outbox

MOST_PLANS, NEAR = 500, 3
MEANS = {
    "sterk": lazy("Van de 10 zulke voorstellen kloppen er 6 of meer."),
    "redelijk": lazy("Van de 10 zulke voorstellen kloppen er een paar. Kijk of het klopt."),
    "misschien": lazy("Van de 10 zulke voorstellen kloppen er maar weinig. Het is een idee."),
}


def in_hundred(score):
    """A score as people read it here: from 0 to 100."""
    return round(100 * score)


def from_where(lowest):
    """From which score a word is used, in words."""
    if lowest:
        return _("Score %(n)s of meer.") % {"n": in_hundred(lowest)}
    return _("Minder dan dat.")


def looked_at(user):
    """[(best score, plan), …] of the newest open plans that the matcher looked at; 0: it found no goal."""
    found = Suggestion.objects.filter(initiative=OuterRef("pk"))
    goals = found.filter(goal__isnull=False).exclude(verdict=Verdict.ADDED).order_by("-score")
    plans = Initiative.objects.visible_to(user).exclude(state__in=[*CLOSED, State.DRAFT])
    plans = plans.filter(Exists(found)).annotate(best=Subquery(goals.values("score")[:1]))
    newest = plans.only("reference", "title").order_by("-submitted_at", "-pk")[:MOST_PLANS]
    return [(plan.best or 0.0, plan) for plan in newest]


def effects(found, town):
    """For every setting: from which score a goal fits, and how many of these plans would fit."""
    return [
        {
            "words": words,
            "now": shift == f"{town.fits_shift:.2f}",
            "score": in_hundred(fits_from(float(shift))),
            "fit": sum(best >= fits_from(float(shift)) for best, _plan in found),
        }
        for shift, words in SHIFTS.items()
    ]


def near(found, threshold):
    """The plans closest to the threshold, three on each side: {fit: [(score, plan), …], not: …}."""
    by_score = sorted(found, key=lambda one: (one[0], one[1].pk))
    above = [one for one in by_score if one[0] >= threshold][:NEAR]
    below = [one for one in by_score if 0 < one[0] < threshold][-NEAR:][::-1]
    return [(_("Net wel"), hundreds(above)), (_("Net niet"), hundreds(below))]


def hundreds(found):
    return [(in_hundred(best), plan) for best, plan in found]


def learned_from(found):
    """How many of these are about a goal of which something was learned."""
    return found.filter(Exists(Learned.objects.filter(pk=OuterRef("goal")))).count()


def about(town, user):
    """What the page tells beside its form."""
    threshold = fits_from(float(town.fits_shift))
    found = looked_at(user)
    fit = sum(best >= threshold for best, _plan in found)
    kinds = {name: Sum(name, default=0) for name in ("confirmed", "rejected")}
    return {
        "matcher_version": VERSION,
        "learning_version": learning.VERSION,
        "is_learning": outbox.unfinished("learn").filter(parked_at=None, payload={}).exists(),
        "imported": learned_from(teaching.imported()),
        "added": learned_from(teaching.told().filter(verdict=Verdict.ADDED)),
        "learned": Learned.objects.aggregate(goals=Count("pk"), on=Max("at"), **kinds),
        "threshold": in_hundred(threshold),
        "plans": len(found),
        "fit": fit,
        "fit_nothing": len(found) - fit,
        "effects": effects(found, town),
        "near": near(found, threshold),
        "strengths": [(name, from_where(lowest), MEANS[name]) for lowest, name in strengths(threshold)],
    }
