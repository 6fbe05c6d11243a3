"""What the council sees: the figures with the names of things, and the way down to the plans themselves."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, repeat

import numpy as np
from django.core.paginator import Paginator
from django.db.models import FilteredRelation
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import District, Portfolio, running
from goals.models import Goal
from initiatives.filters import STATES
from overview import figures, promises, tally
from overview.figures import UNKNOWN, Asked, Count, month_number
from overview.filters import ABOUT_GOALS, SHOWN, CouncilFilter
from townhall.filters import MOST_SEARCHED
from townhall.standing import shelf, town_of

FEW, PER_PAGE = 8, 25  # goals on the page of everything, and on a page of their own
GOAL_SHOWN = ("key", "slug", "title", "plain_title", "state")
NAME_OF_STATE = {code: name for name, code in STATES.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a thing, how many plans it has, and where those are listed.

    all_url is empty for who may not see more plans than everybody does.
    """

    name: str
    count: Count
    key: str = ""
    url: str = ""
    all_url: str = ""
    public_url: str = ""
    note: str = ""
    of: int = 1

    @property
    def widths(self):
        """The length of the bar for all plans and for the public ones, in per cents of the longest."""
        return tuple(
            round(100 * number / self.of, 1) if self.of else 0
            for number in (self.count.all, self.count.public)
        )


@dataclass(frozen=True, slots=True)
class PeriodRow(Row):
    """The line of a period, with its first talks."""

    short: str = ""
    contact: figures.Contact | None = None


def month_of(number):
    return date(number // 12, number % 12 + 1, 1)


def written(number):
    """A month as it is in addresses."""
    return month_of(number).strftime("%Y-%m")


def spoken(since, until):
    """A period as people say it, long and short: ("eerste kwartaal van 2026", "K1 '26")."""
    first, last = month_of(since), month_of(until)
    if since == until:
        return date_format(first, "F Y"), date_format(first, "M y")
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year), str(first.year)
    if since % 3 == 0 and until == since + 2:
        quarter = first.month // 3 + 1
        return _("Kwartaal %(n)s van %(year)s") % {"n": quarter, "year": first.year}, f"K{quarter} {first:%y}"
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}", date_format(last, "M y")


@lru_cache(maxsize=4096)
def thousands(number):
    """A number as people write it: 1.200."""
    return number_format(number, force_grouping=True)


class Overview:
    """All figures for what somebody asks; each part is worked out when it is looked at."""

    def __init__(self, request, at=None):
        self.request, self.sees_all = request, request.user.is_officer
        self.user, self.at = request.user, at or timezone.localtime()
        goals = Goal.objects.visible_to(self.user)
        self.filterset = CouncilFilter(request.GET, goals, request=request)
        self.form = self.filterset.form
        self.page_number = request.GET.get("pagina")

    def kept(self, shape, make):
        """What `make` makes of all this; kept until a plan, a goal or what stands changes, or the day ends.

        shape: what it is. Nothing in it may be of one person; those who see more have their own.
        """
        stamp = shelf.of(self.request).stamp
        question = shape, stamp, self.at.date(), self.sees_all, self.request.GET.urlencode()
        return tally.keeper.answer(question, lambda _tally: make(self))

    # What is asked ----------------------------------------------------------------------------------------
    @cached_property
    def told(self):
        """What was asked and understood: {name: value}."""
        errors = self.form.errors
        told = {name: value for name, value in self.form.cleaned_data.items() if value}
        return told | ({"zoek": self.form.data["zoek"].strip()[:MOST_SEARCHED]} if "zoek" in errors else {})

    @property
    def is_narrowed(self):
        return any(name != "toon" for name in self.told)

    @property
    def is_about_some_goals(self):
        return any(name in self.told for name in ABOUT_GOALS)

    @property
    def shows(self):
        """ "met", "zonder", or empty for the page of everything."""
        return self.told.get("toon", "")

    def asked(self):
        since, until = self.told.get("van"), self.told.get("tot")
        return Asked(
            since=since and month_number(since),
            until=until and month_number(until),
            districts=self.around[self.told["wijk"]] if "wijk" in self.told else None,
            state=tally.STATES.index(STATES[self.told["staat"]]) if "staat" in self.told else None,
            only_for_goals=self.is_about_some_goals,
        )

    @property
    def summary(self):
        """The page in two or three sentences, for who reads no further."""
        plans, none, goals = self.figures.plans, self.number_without, self.running_goals
        said = [
            ngettext(
                "%(n)s plan, waarvan %(public)s openbaar.",
                "%(n)s plannen, waarvan %(public)s openbaar.",
                plans.all,
            )
            % {"n": thousands(plans.all), "public": thousands(plans.public)}
            if plans.all
            else _("Er zijn geen plannen die hierbij passen.")
            if self.is_narrowed
            else _("Er zijn nog geen plannen.")
        ]
        if not goals:
            said.append(_("Er zijn geen lopende doelen die hierbij passen."))
        elif not none:
            said.append(
                ngettext(
                    "Het ene lopende doel heeft een plan.",
                    "Alle %(goals)s lopende doelen hebben een plan.",
                    goals,
                )
                % {"goals": thousands(goals)}
            )
        else:
            words = ngettext(
                "%(none)s van de %(goals)s lopende doelen heeft geen plan.",
                "%(none)s van de %(goals)s lopende doelen hebben geen plan.",
                none,
            )
            said.append(words % {"none": thousands(none), "goals": thousands(goals)})
        if self.without_goal and (number := self.without_goal.count.all):
            words = ngettext("%(n)s plan hoort bij geen doel.", "%(n)s plannen horen bij geen doel.", number)
            said.append(words % {"n": thousands(number)})
        return " ".join(said)

    # What is there ----------------------------------------------------------------------------------------
    @property
    def districts(self):
        found = District.objects.only("slug", "name", "parent_id")
        return shelf.of(self.request).get("districts and their parts", lambda: list(found))

    @cached_property
    def around(self):
        """{slug of a district: ids of itself, its parts and the whole it is in}, as lists take it."""
        parts = defaultdict(list)
        for one in self.districts:
            parts[one.parent_id].append(one.pk)
        return {
            one.slug: tuple(pk for pk in (one.pk, one.parent_id, *parts[one.pk]) if pk)
            for one in self.districts
        }

    @cached_property
    def portfolios(self):
        return list(Portfolio.objects.visible_to(self.user).only("key", "name"))

    @cached_property
    def goals(self):
        """(id, state, id of its portfolio of today or None) of the goals that were asked."""
        today = FilteredRelation("portfolio_links", condition=running(self.at.date(), "portfolio_links__"))
        goals = self.filterset.qs.order_by("pk").annotate(today=today)
        return list(goals.values_list("pk", "state", "today__portfolio"))

    @cached_property
    def figures(self):
        places = {portfolio.pk: place for place, portfolio in enumerate(self.portfolios)}
        return tally.keeper.count(
            np.array([pk for pk, _state, _portfolio in self.goals], dtype=np.int64),
            np.array([places.get(portfolio, UNKNOWN) for *_goal, portfolio in self.goals], dtype=np.int64),
            self.asked(),
            self.at.date(),
        )

    # The way down -----------------------------------------------------------------------------------------
    @cached_property
    def base(self):
        """What was asked, as the list of plans takes it."""
        names = {"zoek": "doelwoorden", "toon": ""}
        asked = {names.get(name, name): value for name, value in self.told.items()}
        asked |= {name: written(month_number(asked[name])) for name in ("van", "tot") if name in asked}
        asked.pop("", None)
        return asked

    @cached_property
    def list_of_plans(self):
        return reverse("initiatives:list")

    def down(self, **more):
        """Where these plans are listed: (all, empty for who does not see them; the public ones)."""
        asked = urlencode(self.base | more)
        everything = f"{self.list_of_plans}?{asked}" if asked else self.list_of_plans
        shown = f"{self.list_of_plans}?{asked}&openbaar=ja" if asked else f"{self.list_of_plans}?openbaar=ja"
        return everything if self.sees_all else "", shown

    def row(self, name, count, *, kind=Row, more=None, **values):
        all_url, public_url = self.down(**(more or {}))
        return kind(name=name, count=count, all_url=all_url, public_url=public_url, **values)

    @cached_property
    def plans(self):
        return self.row(_("Alle plannen"), self.figures.plans)

    @cached_property
    def without_goal(self):
        """Plans that hang on no goal; None when it was asked about some goals."""
        if self.is_about_some_goals:
            return None
        return self.row(_("Plannen zonder doel"), self.figures.without_goal, more={"gekoppeld": "nee"})

    # Goals ------------------------------------------------------------------------------------------------
    @cached_property
    def with_plans(self):
        """[(id of a goal, its plans), …], the most plans first."""
        found = [
            (pk, count)
            for (pk, *_rest), count in zip(self.goals, self.figures.per_goal, strict=True)
            if count.all
        ]
        return sorted(found, key=lambda one: -one[1].all)

    @cached_property
    def without_plans(self):
        """The ids of the goals that run and have no plan."""
        counted = zip(self.goals, self.figures.per_goal, strict=True)
        return [
            pk for (pk, state, _portfolio), count in counted if state == Goal.State.RUNNING and not count.all
        ]

    @property
    def here(self):
        """Itself, for who shows a part of it."""
        return self

    @property
    def number_with(self):
        return len(self.with_plans)

    @property
    def number_without(self):
        return len(self.without_plans)

    @cached_property
    def running_goals(self):
        return sum(state == Goal.State.RUNNING for _pk, state, _portfolio in self.goals)

    few = FEW

    @property
    def shows_with(self):
        return self.shows == "met"

    @property
    def shows_without(self):
        return self.shows == "zonder"

    def again(self, **more):
        """The address of this page with the same questions."""
        names = [name for name in self.filterset.filters if name != "toon" and self.form.data.get(name)]
        asked = {name: self.form.data[name] for name in names} | more
        path = reverse("overview:council")
        return f"{path}?{urlencode(asked)}" if asked else path

    @property
    def to_all(self):
        return self.again()

    @property
    def to_with(self):
        return self.again(toon="met")

    @property
    def to_without(self):
        return self.again(toon="zonder")

    @cached_property
    def goals_list(self):
        """A list of its own: the page of goals with plans or without, whichever is shown."""
        found = self.with_plans if SHOWN[self.shows] else self.without_plans
        page = Paginator(found, PER_PAGE).get_page(self.page_number)
        page.object_list = self.rows_of(page.object_list) if SHOWN[self.shows] else self.rows_without(page)
        return page

    @cached_property
    def first(self):
        """The rows of the first goals with plans and, after those, of the first without."""
        return self.rows_of([*self.with_plans[:FEW], *((pk, Count()) for pk in self.without_plans[:FEW])])

    @property
    def first_with(self):
        return [row for row in self.first if row.count.all]

    @property
    def first_without(self):
        return [row for row in self.first if not row.count.all]

    @property
    def some_with(self):
        """What the API gives of them: the first, or a page where `toon` asks for one of the two."""
        return self.goals_list.object_list if self.shows_with else [] if self.shows else self.first_with

    @property
    def some_without(self):
        return self.goals_list.object_list if self.shows_without else [] if self.shows else self.first_without

    @cached_property
    def portfolio_names(self):
        """{id of a goal: the name of its portfolio of today}, of the goals that are in one."""
        names = {portfolio.pk: portfolio.name for portfolio in self.portfolios}
        return {pk: names[portfolio] for pk, _state, portfolio in self.goals if portfolio in names}

    def rows_of(self, found):
        """A row for every (id of a goal, its plans)."""
        known = Goal.objects.only(*GOAL_SHOWN).in_bulk([pk for pk, _count in found])
        return [self.goal_row(known[pk], count) for pk, count in found if pk in known]

    def rows_without(self, page):
        goals = Goal.objects.only(*GOAL_SHOWN).filter(pk__in=self.without_plans).alphabetical()
        first = page.start_index() - 1 if page.paginator.count else 0
        return [self.goal_row(goal, Count()) for goal in goals[first : first + PER_PAGE]]

    def goal_row(self, goal, count):
        notes = [self.portfolio_names.get(goal.pk, "")]
        notes += [] if goal.state == Goal.State.RUNNING else [goal.get_state_display()]
        return self.row(
            goal.heading,
            count,
            more={"doel": goal.slug},
            key=goal.key,
            url=goal.get_absolute_url(),
            note=" · ".join(filter(None, notes)),
            of=self.with_plans[0][1].all if self.with_plans else 0,
        )

    # Portfolios, districts, states, periods ---------------------------------------------------------------
    @cached_property
    def per_portfolio(self):
        """Every portfolio that was asked, the most plans first."""
        counts = chain(self.figures.per_portfolio, repeat(Count()))
        asked = self.told.get("portefeuille")
        found = [
            (portfolio, count)
            for portfolio, count in zip(self.portfolios, counts, strict=False)
            if count.all or not self.is_about_some_goals or portfolio.key == asked
        ]
        most = max((count.all for _portfolio, count in found), default=0)
        return [
            self.row(one.name, count, more={"portefeuille": one.key}, key=one.key, of=most)
            for one, count in sorted(found, key=lambda pair: (-pair[1].all, pair[0].name))
        ]

    @cached_property
    def per_district(self):
        """Every district with its parts and the whole it is in; the most plans first."""
        here = self.figures.per_district
        within = [one for one in self.districts if self.told.get("wijk", one.slug) == one.slug]
        found = [
            (one, sum((here[pk] for pk in self.around[one.slug] if pk in here), Count())) for one in within
        ]
        most = max((count.all for _one, count in found), default=0)
        return [
            self.row(one.name, count, more={"wijk": one.slug}, key=one.slug, of=most)
            for one, count in sorted(found, key=lambda pair: (-pair[1].all, pair[0].name))
        ]

    @property
    def town_wide(self):
        """Plans of no district."""
        return self.figures.per_district.get(0, Count())

    @cached_property
    def per_state(self):
        """The states in their order, without those in which there is no plan."""
        counts = {tally.STATES[place]: count for place, count in self.figures.per_state.items()}
        most = max((count.all for count in counts.values()), default=0)
        return [
            self.row(code.label.capitalize(), counts[code], more={"staat": name}, key=name, of=most)
            for name, code in STATES.items()
            if code in counts
        ]

    @cached_property
    def per_period(self):
        """Months, quarters or years, oldest first."""
        periods = self.figures.periods
        most = max((one.plans.all for one in periods), default=0)
        return [
            self.row(
                long[0].upper() + long[1:],
                one.plans,
                kind=PeriodRow,
                more={"van": written(one.since), "tot": written(one.until)},
                key=f"{written(one.since)}/{written(one.until)}",
                of=most,
                short=short,
                contact=one.contact,
            )
            for one in periods
            for long, short in [spoken(one.since, one.until)]
        ]

    @property
    def plans_drawn(self):
        """The columns of the plans per period."""
        rows = self.per_period
        return [{"label": one.short, "value": one.count.all, "part": one.count.public} for one in rows]

    @property
    def plans_told(self):
        """What that drawing shows, in words."""
        most = max(self.per_period, key=lambda one: one.count.all)
        words = _("Plannen per periode, van %(first)s tot en met %(last)s. De meeste, %(n)s, in %(most)s.")
        return words % (self.ends | {"n": most.count.all, "most": most.short})

    @property
    def talks_drawn(self):
        """The columns of the days until the first talk per period."""
        return [{"label": one.short, "value": one.contact.median} for one in self.per_period]

    @property
    def talks_told(self):
        words = _("Werkdagen tot het eerste gesprek per periode, van %(first)s tot en met %(last)s.")
        return words % self.ends

    @property
    def ends(self):
        return {"first": self.per_period[0].short, "last": self.per_period[-1].short}

    @cached_property
    def promised(self):
        """Within how many working days the municipality promises a first talk."""
        return town_of(self.request).service_days.get("contact")

    @property
    def contact(self):
        return self.figures.contact

    @property
    def contact_share(self):
        """How many of the measured first talks were in time, in words."""
        return "" if self.contact.share is None else f"{self.contact.share}%"

    # What was promised ------------------------------------------------------------------------------------
    @cached_property
    def promises(self):
        """How town hall keeps its promises, of all plans: no filter touches it, and nothing of it is kept."""
        return promises.figures(self.at.date())
