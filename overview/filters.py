"""What the council asks: about goals (which ones) and about plans (which ones count), in one FilterSet."""

from django.utils.translation import gettext_lazy as _

from contacts.filters import DistrictFilter
from goals.filters import GoalPortfolioFilter, ThemeFilter
from initiatives.filters import STATES
from townhall.filters import CodeFilter, FilterSet, MonthFilter, SearchFilter, TabInput

ABOUT_GOALS = ("zoek", "thema", "portefeuille")
SHOWN = {"met": True, "zonder": False}  # goals with plans, goals without


class OfPlans:
    """A question about plans: it chooses which are counted (council.py), and leaves the goals as they are."""

    def filter(self, queryset, value):
        return queryset


class PlaceOfPlans(OfPlans, DistrictFilter):
    """`wijk`: plans in the district, its parts or the whole it is in."""


class StateOfPlans(OfPlans, CodeFilter):
    """`staat`: plans that are this far."""


class MonthOfPlans(OfPlans, MonthFilter):
    """`van` and `tot`: plans that were sent in these months."""


class GoalsShown(OfPlans, CodeFilter):
    """`toon`: only the goals with plans, or only those without, all of them."""


class CouncilFilter(FilterSet):
    zoek = SearchFilter(label=_("Zoek doelen op woorden"))
    thema = ThemeFilter(field_name="themes__slug")
    portefeuille = GoalPortfolioFilter()
    wijk = PlaceOfPlans()
    staat = StateOfPlans(
        label=_("Hoe ver is het plan?"),
        names={name: (code, code.label.capitalize()) for name, code in STATES.items()},
        unknown=_("Deze staat kennen we niet."),
    )
    van = MonthOfPlans(
        label=_("Ingediend vanaf"), words=_("vanaf %(month)s"), help_text=_("Jaar en maand: 2026-03.")
    )
    tot = MonthOfPlans(
        label=_("Ingediend tot en met"),
        words=_("tot en met %(month)s"),
        help_text=_("Jaar en maand: 2026-09."),
    )
    toon = GoalsShown(
        label=_("Welke doelen"),
        names={"met": (True, _("Doelen met plannen")), "zonder": (False, _("Doelen zonder plannen"))},
        unknown=_("Kies met of zonder."),
        widget=TabInput,
    )
