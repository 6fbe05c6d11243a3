"""Telephone numbers as people write them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NUMBER = re.compile(r"\+?[\d ()./-]+([, ] ?(toestel|tst\.?) ?\d+)?", re.IGNORECASE)
LONGEST = 60  # characters; the pattern is tried on no more: its time grows with their square
FEWEST_DIGITS = 3  # 112


def only_telephone(text):
    """Refuses what nobody can dial: "bel maar". 14 0123, 0800-1234 and an extension are fine."""
    number = " ".join(text.split()) if len(text) <= LONGEST else ""
    if not NUMBER.fullmatch(number) or sum(map(str.isdigit, number)) < FEWEST_DIGITS:
        raise ValidationError(_("Dit is geen telefoonnummer. Schrijf bijvoorbeeld 0123 45 67 89 of 14 0123."))
