"""What the wegwijzer missed: plans that were linked to a goal without it, and the words they used."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from goals.models import Goal
from initiatives.models import GoalLink, Initiative
from matching import service, shapes
from matching.corpus import FIELDS, keeper
from matching.models import Suggestion, Verdict

MOST_PLANS, MOST_WORDS = 10, 8
RECENT = timedelta(days=30)


def missed():
    """Links, made by hand or by an import, to a goal that the matcher did not suggest for that plan."""
    suggested = Suggestion.objects.filter(initiative=OuterRef("initiative"), goal=OuterRef("goal"))
    return GoalLink.objects.filter(~Exists(suggested.exclude(verdict=Verdict.ADDED)), was_suggested=False)


def lately():
    """Those that an officer made in the last thirty days; an import is nobody's hand."""
    return missed().filter(by__isnull=False, on__gte=timezone.now() - RECENT)


def with_missed(goals):
    """Each with `.missed`: how many plans colleagues linked to it lately."""
    number = lately().filter(goal=OuterRef("pk")).order_by().values("goal")
    return goals.annotate(missed=Coalesce(Subquery(number.annotate(n=Count("pk")).values("n")), 0))


def goals():
    """Those to which colleagues lately linked what was missed, most first: what a manager has to look at."""
    return with_missed(Goal.objects.all()).filter(missed__gt=0)


def about(goal, user):
    """The newest missed plans this person may see, each with its words that the goal does not meet yet.

    found: whether the matcher would suggest the goal for it by now.
    """
    links = missed().filter(goal=goal, initiative__in=Initiative.objects.visible_to(user))
    links = links.select_related("initiative__district").order_by("-on", "-pk")
    links = links.prefetch_related("initiative__needs")[:MOST_PLANS]
    matcher = keeper.current().matcher
    policy_fields = Goal.objects.values_list(FIELDS, flat=True).get(pk=goal.pk)
    said = shapes.Goal(
        goal.key,
        goal.title,
        goal.description,
        goal.note.title if goal.note else "",
        policy_fields[0] if policy_fields else "",
        plain_title=goal.plain_title,
        plain_description=goal.plain_description,
        search_words=goal.search_words,
    )
    return {
        "plans": [
            {
                "plan": plan,
                "is_imported": by is None,
                "words": matcher.unmet(said, plan.title, plan.story)[:MOST_WORDS],
                "found": matcher.finds(goal.key, service.question_of(plan)),
            }
            for plan, by in ((link.initiative, link.by_id) for link in links)
        ]
    }
