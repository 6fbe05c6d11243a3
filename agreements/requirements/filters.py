"""What can be asked of the library of usual demands: one FilterSet for the page and its twin in the API."""

from django.utils.translation import gettext_lazy as _

from funding.models import NeedKind
from townhall.filters import CodeFilter, FilterSet

NEEDS = {kind.value: ([kind.value], kind.label.capitalize()) for kind in NeedKind}


class StandardRequirementFilter(FilterSet):
    """Words, and what somebody asks for."""

    behoefte = CodeFilter(
        field_name="needs",
        lookup_expr="overlap",
        label=_("Wat heb je nodig?"),
        names=NEEDS,
        unknown=_("Deze behoefte kennen we niet."),
    )
