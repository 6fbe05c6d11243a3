"""For which goals in which districts there is a contact: a matrix of portfolios and districts, and holes."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from contacts.models import District, Portfolio
from desk.queues import leads
from matching.corpus import keeper
from matching.coverage import Cover, candidates, cover

RULES = {  # rule -> in words
    "goal_owner": _("is de contactpersoon van het doel"),
    "deputy": _("vervangt de contactpersoon van het doel"),
    "profile": _("werkt aan dit onderwerp"),
    "district": _("is er voor alle plannen in deze wijk"),
    "front_desk": _("niemand: het loket"),
}
NO_PORTFOLIO = "geen"


def may_see(user):
    """True for managers, and for who leads a department."""
    return user.is_authenticated and user.is_officer and (user.is_manager or leads(user))


@dataclass(frozen=True, slots=True)
class Cell:
    """A portfolio in a district: how many goals, and for how many nobody is there."""

    goals: int
    holes: int
    url: str


class Coverage:
    """Everything about who covers what, today; asks the same few queries however many goals there are."""

    def __init__(self):
        self.shelf = keeper.current()
        self.corpus = self.shelf.matcher.corpus
        self.districts = list(District.objects.order_by("name").only("name", "slug", "parent"))
        self.portfolios = list(Portfolio.objects.order_by("name"))

    @cached_property
    def goals(self):
        return {goal.key: goal for goal in self.corpus.goals}

    @cached_property
    def around(self):
        """Each district with itself, its parts and its whole."""
        names = {one.pk: one.name for one in self.districts}
        found = {one.name: {one.name} for one in self.districts}
        for one in self.districts:
            if one.parent_id in names:
                found[one.name].add(names[one.parent_id])
                found[names[one.parent_id]].add(one.name)
        return {name: frozenset(others) for name, others in found.items()}

    @cached_property
    def covers(self):
        return cover(self.corpus.goals, self.corpus.contacts, self.around)

    def portfolio_of(self, key):
        return self.goals[key].portfolio or NO_PORTFOLIO

    def chosen(self, district="", portfolio=""):
        """Those of a district and a portfolio; empty: of all."""
        return [
            one
            for one in self.covers
            if (not district or one.district == district)
            and (not portfolio or self.portfolio_of(one.goal) == portfolio)
        ]

    @property
    def columns(self):
        """(key, name) of the portfolios that have goals, and of what has none."""
        used = {self.portfolio_of(key) for key in self.goals}
        named = [(one.key, one.name) for one in self.portfolios if one.key in used]
        return named + ([(NO_PORTFOLIO, _("Zonder portefeuille"))] if NO_PORTFOLIO in used else [])

    def matrix(self):
        """[(district, [Cell or None, …]), …], a cell for each of `columns`; None where no goal holds."""
        numbers = {}
        for one in self.covers:
            place = (one.district, self.portfolio_of(one.goal))
            goals, holes = numbers.get(place, (0, 0))
            numbers[place] = (goals + 1, holes + one.is_hole)
        here = reverse("desk:coverage")
        return [
            (
                district.name,
                [
                    Cell(*found, f"{here}?{urlencode({'wijk': district.slug, 'portefeuille': key})}#doelen")
                    if (found := numbers.get((district.name, key)))
                    else None
                    for key, _name in self.columns
                ],
            )
            for district in self.districts
        ]

    def holes(self):
        """[(goal, [district, …], [who could do it, …]), …], the goal with the most districts first."""
        found = {}
        for one in self.covers:
            if one.is_hole:
                found.setdefault(one.goal, []).append(one.district)
        return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))

    def hole(self, key, districts):
        """One of them as it is drawn."""
        could = candidates(self.goals[key], self.corpus.contacts)
        return {
            "goal": self.shelf.goals[key],
            "districts": districts,
            "everywhere": len(districts) == len(self.districts),
            "could": [self.shelf.managers[one] for one in could if one in self.shelf.managers],
        }

    def told(self, one: Cover):
        """One goal in one district as it is drawn."""
        return {
            "goal": self.shelf.goals[one.goal],
            "district": one.district,
            "manager": self.shelf.managers.get(one.contact),
            "rule": one.rule,
            "words": RULES[one.rule],
            "is_hole": one.is_hole,
        }


def choice(asked, coverage):
    """(district, portfolio) that were asked for; Http404 for what there is none of."""
    slugs = {one.slug: one.name for one in coverage.districts}
    keys = {key for key, _name in coverage.columns}
    district, portfolio = asked.get("wijk", ""), asked.get("portefeuille", "")
    if (district and district not in slugs) or (portfolio and portfolio not in keys):
        raise Http404
    return slugs.get(district, ""), portfolio
