"""What is said about two plans that may become one; a plan that is not on the site is not named."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy


def called(plan):
    """How the initiators of another plan may call this one."""
    return f"“{plan.title}”" if plan.is_shown else _("een plan dat niet op de site staat")


def proposed(merge, plan):
    """What is asked, why, and until when; nobody has to."""
    told = {"other": called(merge.other(plan)), "why": merge.why, "day": date_format(merge.until, "j F Y")}
    what = _("Het voorstel: ga samen verder met %(other)s. Dit plan eindigt dan, en gaat daar verder.")
    if merge.goes_on(plan):
        what = _("Het voorstel: ga samen verder met %(other)s. Dit plan gaat dan door, en zij doen mee.")
    parts = [
        what,
        _("Waarom: %(why)s"),
        _("De initiatiefnemers kiezen zelf, tot en met %(day)s. Het gebeurt alleen als beide ja zeggen."),
        _("Nee zeggen mag altijd, en hoeft zonder reden."),
    ]
    return "\n\n".join(part % told for part in parts)


def half():
    return _("Een van beide plannen zei ja. Nu wachten we op het andere.")


def not_yet():
    """Why the last yes cannot be given today; of which plan, and what, is for colleagues to know."""
    return _(
        "Samengaan kan nu nog niet: bij een van beide plannen moet de gemeente eerst iets afronden. "
        "Vraag je contactpersoon ernaar, en kom daarna terug."
    )


def done(merge, plan):
    """Both said yes: what goes on where, and with whom."""
    told = {"stays": merge.stays.title, "leaves": merge.leaves.title, "who": merge.stays.contact.function}
    if merge.goes_on(plan):
        words = _("Beide zeiden ja. “%(leaves)s” gaat verder in dit plan. De initiatiefnemers doen nu mee.")
    else:
        words = _(
            "Beide zeiden ja. Dit plan gaat verder in “%(stays)s”. Je bent daar nu mede-initiatiefnemer. "
            "De contactpersoon is: %(who)s. Wat je hier schreef, blijft te lezen."
        )
    return words % told


APART = {  # state -> what is told of it, kindly, and never who said what
    "declined": lazy("Jullie plannen gaan elk hun eigen weg. Dat is prima. Je hoeft niets te doen."),
    "lapsed": lazy("Er kwam niet van beide een ja. Je plan gaat gewoon door. Je hoeft niets te doen."),
    "withdrawn": lazy("Het voorstel is ingetrokken. Je plan gaat gewoon door. Je hoeft niets te doen."),
}


def apart(merge, plan):
    """It does not happen: about which plan, and that all is well."""
    about = _("Dit ging over samengaan met %(other)s.") % {"other": called(merge.other(plan))}
    return f"{about} {APART[merge.state]}"
