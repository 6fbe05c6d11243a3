"""What the page of a lower app needs to show what only the overview knows."""

from django import template

from overview import plans_map

register = template.Library()


@register.simple_tag(takes_context=True)
def districts_of(context, filterset, count=None):
    """The districts with the plans of this list in them, for {% choice_map %}.

    filterset: that of the list; count: how long it is.
    """
    return plans_map.areas(context["request"], filterset, count)
