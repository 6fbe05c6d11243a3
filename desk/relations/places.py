"""The pages of organisations and people, as the tabs above each of them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

PLACES = {  # URL name -> words
    "desk:relations": _("Organisaties"),
    "desk:persons": _("Personen"),
    "desk:silent": _("Niemand meldt zich"),
    "desk:network": _("Wie werkt met wie"),
    "desk:doubles": _("Dubbele"),
}


def places(here):
    """Each page with whether it is this one."""
    return [{"words": words, "url": reverse(name), "current": name == here} for name, words in PLACES.items()]
