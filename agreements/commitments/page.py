"""The promises as they stand on the page of a plan, with what this person can do about each."""

from dataclasses import dataclass

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.commitments import forms, verbs
from agreements.commitments.models import Commitment
from contacts.models import Department, Organisation
from townhall.standing import shelf

MOST = 50  # promises drawn on the page of one plan; the list has them all
HIDDEN = _("Alleen jullie zien deze toezegging nog.")
ACTS = {  # act in the address -> (verb, form, what the button says, icon, what is said when it is done)
    "nakomen": ("keep", forms.KeepForm, _("Zet op nagekomen"), "check", _("De toezegging is nagekomen.")),
    "verschuiven": ("shift", forms.ShiftForm, _("Verschuif de dag"), "calendar", _("De dag is verschoven.")),
    "vervallen": ("drop", forms.DropForm, _("Laat vervallen"), "close", _("De toezegging is vervallen.")),
    "verbeteren": ("correct", forms.CorrectForm, _("Verbeter de tekst"), "pencil", _("Verbeterd.")),
    "openbaar": ("publish", forms.ActForm, _("Maak openbaar"), "check", _("De toezegging is openbaar.")),
    "verbergen": ("hide", forms.ActForm, _("Maak niet openbaar"), "info", HIDDEN),
    "bestand-openbaar": (
        "release_proof",
        forms.ActForm,
        _("Het bestand mag op de site"),
        "check",
        _("Wie de toezegging ziet, ziet nu ook het bestand."),
    ),
    "bestand-weg": (
        "remove_proof",
        forms.ActForm,
        _("Haal het bestand weg"),
        "close",
        _("Het bestand is weg."),
    ),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something this person can do about a promise, with its form."""

    slug: str
    words: str
    icon: str
    url: str
    form: Form


@dataclass(frozen=True, slots=True)
class Drawn:
    """A promise, and what this person can do about it."""

    commitment: Commitment
    acts: list[Act]


def act_of(slug, commitment, data=None, files=None):
    """What this act asks, filled in with `data` and `files`."""
    _verb, kind, words, icon, _done = ACTS[slug]
    url = reverse("agreements:act", args=[commitment.key, slug])
    form = kind(data, files, commitment=commitment, auto_id=f"{commitment.key}-{slug}-%s")
    return Act(slug, words, icon, url, form)


def acts(commitment, user, is_officer, hidden_by):
    """What this person can do about a promise now; hidden_by: what verbs.hiders gives."""
    may = verbs.allowed(commitment, user, is_officer=is_officer, hidden_by=hidden_by)
    return [act_of(slug, commitment) for slug, (verb, *_rest) in ACTS.items() if verb in may]


def new_form(request, plan, is_officer, data=None):
    """The form for a new promise about a plan."""
    partners = Organisation.objects.filter(initiative_links__initiative=plan).order_by("name", "key")
    return forms.PromiseForm(
        data,
        plan=plan,
        is_officer=is_officer,
        partners=list(partners),
        departments=departments(request) if is_officer else (),
    )


def departments(request):
    """All departments; they hardly ever change, so each process keeps them."""
    return shelf.of(request).get("departments", lambda: list(Department.objects.all()))


def part(request, plan, *, is_officer):
    """What the page of a plan shows of its promises to an officer who handles it, or to an initiator."""
    found = (
        plan.commitments.visible_to(request.user)
        .with_side(request.user)
        .for_pages()
        .with_earlier()
        .in_order()[:MOST]
    )
    hidden_by = verbs.hiders(plan) if found else {}
    return {
        "commitments": [Drawn(one, acts(one, request.user, is_officer, hidden_by)) for one in found],
        "commitment_form": new_form(request, plan, is_officer) if plan.state in verbs.MAKES_IN else None,
    }
