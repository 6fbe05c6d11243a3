"""What the mails say of the plan for later, its reviews, and who follows whom up."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agreements.continuity.models import TEXTS, ContinuityPlan


def title_of(name):
    """What one of the four texts is called."""
    return str(ContinuityPlan._meta.get_field(name).verbose_name)


def written(later, values):
    """What was written down, what is still missing, and when people look back."""
    done = [title_of(name) for name in TEXTS if name in values]
    parts = [_("Opgeschreven: %(what)s.") % {"what": ", ".join(done)}] if done else []
    if later.missing:
        missing = ", ".join(map(title_of, later.missing))
        parts.append(_("Nog niet opgeschreven: %(what)s.") % {"what": missing})
    if "review_on" in values:
        parts.append(_("De terugblik is op %(day)s.") % {"day": day(later.review_on)})
    return "\n\n".join(parts)


REVIEWED = {  # outcome -> what is told of it
    "goes_on": lazy("Er is teruggekeken op het plan. Het gaat zo door."),
    "changes": lazy("Er is teruggekeken op het plan. Het gaat anders verder."),
    "stops": lazy(
        "Er is teruggekeken op het plan. Het stopt. Bij het plan kan de initiatiefnemer het afronden, of "
        "een opvolger vragen."
    ),
}


def reviewed(review):
    """How it goes on, in the words of who looked back, and when they look again."""
    parts = [str(REVIEWED[review.outcome]), review.sentence]
    if review.next_on:
        parts.append(_("De volgende terugblik is op %(day)s.") % {"day": day(review.next_on)})
    return "\n\n".join(parts)


def due_soon(later):
    """The day of the review comes near: what is asked of both."""
    return _(
        "Op %(day)s kijken jullie terug. Gaat het goed zo? Bel elkaar, en schrijf daarna bij het plan hoe "
        "het verder gaat."
    ) % {"day": day(later.review_on)}


def overdue(later):
    """Nobody looked back on the day that was chosen."""
    return _(
        "Op %(day)s zouden jullie terugkijken. Dat is nog niet gebeurd. Bel elkaar, en schrijf bij het plan "
        "hoe het verder gaat."
    ) % {"day": day(later.review_on)}


# Successors -----------------------------------------------------------------------------------------------
def offered(succession):
    """Somebody is asked; nobody's address stands in it."""
    parts = [_("Iemand is gevraagd om het plan over te nemen van wie ermee stopt.")]
    if succession.from_town:
        parts.append(_("De gemeente vroeg dit. De reden: %(why)s") % {"why": succession.reason})
    parts += [
        _("Er verandert pas iets als diegene ja zegt. Dat kan tot en met %(day)s.")
        % {"day": day(succession.until)},
        _("Klopt dit niet? Trek de vraag dan in bij het plan."),
    ]
    return "\n\n".join(parts)


def accepted(succession, *, is_released):
    """Somebody took over, and what becomes of who was followed up."""
    told = _("Iemand zei ja, en draagt het plan nu mee. De nieuwe leest berichten vanaf vandaag.")
    if is_released:
        gone = _(
            "Wie stopt, hoeft niets meer te doen, en kan niet meer bij het plan. Dank je wel voor alles!"
        )
        return f"{told}\n\n{gone}"
    stays = _("Wie wordt opgevolgd, doet ook nog mee. Die kan zelf bij het plan zeggen dat het klaar is.")
    return f"{told}\n\n{stays}"


CLOSED = {  # state -> what is told of it
    "declined": lazy("Wie gevraagd was om het plan over te nemen, zei nee. Er verandert niets."),
    "withdrawn": lazy("De vraag om het plan over te nemen is ingetrokken. Er verandert niets."),
    "lapsed": lazy("Wie gevraagd was om het plan over te nemen, gaf geen antwoord. Er verandert niets."),
}


def left():
    """A carrier stepped out while others go on."""
    return _("Een van de initiatiefnemers is gestopt. De anderen gaan door met het plan.")


def day(one):
    return date_format(one, "l j F Y")
