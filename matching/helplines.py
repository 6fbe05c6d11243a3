"""Whom to call now, where a text is a cry for help. Nothing is stored and nobody is told."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dutch.distress import distress


@dataclass(frozen=True, slots=True)
class Helpline:
    """Who can help now, and how to reach them."""

    name: str
    numbers: tuple[str, ...]
    sentence: str
    """For whom it is, and what it costs."""
    url: str | None = None


ALARM = Helpline(_("het alarmnummer"), ("112",), _("Is er nu gevaar, voor jou of voor iemand anders?"))
SUICIDE = Helpline(
    _("113 Zelfmoordpreventie"),
    ("113", "0800-0113"),
    _(
        "Denk je aan zelfdoding, of ben je bang dat iemand anders dat doet? "
        "Praten kan dag en nacht, gratis en anoniem."
    ),
    "https://www.113.nl/",
)
VIOLENCE = Helpline(
    _("Veilig Thuis"),
    ("0800-2000",),
    _("Is het thuis niet veilig, bij jou of bij iemand anders? Bellen kan dag en nacht en is gratis."),
    "https://veiligthuis.nl/",
)
CHILD = Helpline(
    _("de Kindertelefoon"),
    ("0800-0432",),
    _("Ben je jonger dan 18? Praten kan elke dag van 11 tot 21 uur, gratis en anoniem."),
    "https://www.kindertelefoon.nl/",
)
LINES = {  # kind of distress -> whom to call, first who can do most
    "gevaar": (ALARM,),
    "zelfdoding": (SUICIDE, ALARM),
    "geweld": (VIOLENCE, ALARM),
    "kind": (CHILD,),
}


def helplines(title, text):
    """Whom to call, each once, first who can do most; nobody for nearly every text."""
    kinds = distress(title) | distress(text)
    return tuple(dict.fromkeys(line for kind, lines in LINES.items() if kind in kinds for line in lines))
