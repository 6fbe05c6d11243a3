"""What can be asked of the ways to pay: one FilterSet for the page and its twin in the API."""

from townhall.filters import FilterSet


class FinancingFormFilter(FilterSet):
    """Only the search words: there are nine."""
