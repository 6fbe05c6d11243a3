"""The pages of goals and notes."""

from goals.filters import GoalFilter, PolicyNoteFilter
from goals.models import Goal, PolicyNote
from goals.sheets import GOALS, NOTES
from townhall.pages import ListPage, ThingPage

MOST_INITIATIVES = 12  # cards on the page of a goal; the rest is behind a link


class GoalList(ListPage):
    """All goals, to be searched in everyday words."""

    filterset_class = GoalFilter
    resource = "doelen"
    sheet = GOALS
    template_name = "goals/list.html"

    def records(self):
        goals = Goal.objects.visible_to(self.request.user).with_holder()
        return goals.prefetch_related("themes").alphabetical()


class GoalPage(ThingPage):
    """One goal: what it means, where it is written, who answers for it and who already works on it."""

    resource = "doelen"
    slug_field = slug_url_kwarg = "slug"
    template_name = "goals/detail.html"

    def get_queryset(self):
        goals = Goal.objects.visible_to(self.request.user).with_people()
        return goals.prefetch_related("themes", "districts")

    def get_context_data(self, **kwargs):
        plans = (
            self.object.initiatives.visible_to(self.request.user).registered().for_cards(self.request.user)
        )
        return super().get_context_data(
            initiatives=plans[:MOST_INITIATIVES], initiative_count=plans.count(), **kwargs
        )


class PolicyNoteList(ListPage):
    """All notes with goals in them."""

    filterset_class = PolicyNoteFilter
    resource = "beleidsnotas"
    sheet = NOTES
    template_name = "goals/notes.html"

    def records(self):
        user = self.request.user
        return PolicyNote.objects.visible_to(user).with_goal_count(user)


class PolicyNotePage(ThingPage):
    """One note, and the goals in it."""

    resource = "beleidsnotas"
    slug_field = slug_url_kwarg = "slug"
    template_name = "goals/note.html"
    context_object_name = "note"

    def get_queryset(self):
        return PolicyNote.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        goals = self.object.goals.visible_to(self.request.user).with_holder()
        return super().get_context_data(goals=goals.prefetch_related("themes").alphabetical(), **kwargs)
