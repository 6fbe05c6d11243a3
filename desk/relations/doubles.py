"""The pages on which two records of one organisation become one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, sent_from
from contacts import merging
from contacts.models import Organisation
from desk.relations.places import places
from townhall.posting import is_conflict, put_errors

LABELS = {  # field -> what it is called
    "name": lazy("Naam"),
    "kind": lazy("Soort"),
    "interests": lazy("Waar ze voor gaan"),
    "offers": lazy("Wat ze bieden"),
    "website": lazy("Website"),
    "email": lazy("E-mail"),
    "is_open": lazy("Staat open voor samenwerking"),
    "is_subsidised": lazy("Krijgt subsidie van de gemeente"),
    "where": lazy("Waar ze werken"),
}
CHOOSE = lazy("Kies wat er blijft staan.")
STAYS, GOES = "blijft", "weg"  # whose value of a field is kept


def value_of(organisation, field):
    """A field as people read it."""
    if field == "where":
        names = sorted(one.name for one in organisation.districts.all())
        return _("Hele gemeente") if organisation.works_everywhere else ", ".join(names) or _("Onbekend")
    value = getattr(organisation, field)
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    return value or _("(leeg)")


class MergeForm(forms.Form):
    """For each field in which two organisations differ: whose value stays."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    other_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, winner, loser, **kwargs):
        fresh = {"version": winner.version, "other_version": loser.version}
        super().__init__(*args, auto_id="samen-%s", initial=fresh, **kwargs)
        self.same = []
        for name, label in LABELS.items():
            ours, theirs = value_of(winner, name), value_of(loser, name)
            if ours == theirs:
                self.same.append((label, ours))
                continue
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(STAYS, f"{winner.key}: {ours}"), (GOES, f"{loser.key}: {theirs}")],
                widget=forms.RadioSelect,
                initial=GOES if getattr(winner, name, None) == "" else STAYS,
                error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
            )

    def values(self):
        """What the verb takes."""
        told = self.cleaned_data
        return {
            "version": told["version"],
            "other_version": told["other_version"],
            "taken": [name for name in LABELS if told.get(name) == GOES],
        }


@never_cache
@officers_only
@require_safe
def proposals(request):
    """Organisations that may be one."""
    context = {"doubles": merging.doubles(), "places": places("desk:doubles")}
    return render(request, "desk/doubles.html", context | {"api_twin": reverse("api:dubbele-relaties")})


def two(kenmerk, other):
    """Both organisations; 404 where one of them is not there, or no more."""
    found = Organisation.objects.unmerged().with_districts().filter(key__in=[kenmerk, other])
    known = {one.key: one for one in found}
    if len(known) != 2:
        raise Http404
    return known[kenmerk], known[other]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request, kenmerk, other):
    """The two side by side; the first one stays."""
    if merged := gone(kenmerk, other):
        return redirect("desk:relation", merged)
    winner, loser = two(kenmerk, other)
    if request.method != "POST":
        return draw(request, winner, loser, MergeForm(winner=winner, loser=loser))
    form = MergeForm(request.POST, winner=winner, loser=loser)
    if not form.is_valid():
        return draw(request, winner, loser, form, status=400)
    try:
        merging.merge(winner, loser, by=request.user, **form.values())
    except ValidationError as refused:
        put_errors(form, refused)
        return refuse(request, kenmerk, other, refused, form)
    messages.success(request, _("%(name)s is nu één organisatie.") % {"name": winner.name})
    return redirect("desk:relation", winner.key)


def gone(kenmerk, other):
    """The key of what one of the two is part of by now; empty while they are two."""
    found = Organisation.objects.filter(key__in=[kenmerk, other], merged_into__isnull=False)
    return found.values_list("merged_into__key", flat=True).first() or ""


def refuse(request, kenmerk, other, refused, form):
    """The page with why not; where somebody was first, as the two are now, with what was chosen."""
    if not is_conflict(refused):
        winner, loser = two(kenmerk, other)
        return draw(request, winner, loser, form, status=400)
    if merged := gone(kenmerk, other):
        messages.error(request, " ".join(refused.messages))
        return redirect("desk:relation", merged)
    winner, loser = two(kenmerk, other)
    data = form.data.copy()
    data["version"], data["other_version"] = winner.version, loser.version
    again = MergeForm(data, winner=winner, loser=loser)
    again.add_error(None, " ".join(refused.messages))
    return draw(request, winner, loser, again, status=409)


def draw(request, winner, loser, form, *, status=200):
    context = {"winner": winner, "loser": loser, "form": form}
    return render(request, "desk/double.html", context, status=status)


@never_cache
@officers_only
@sent_from("desk:double", "kenmerk", "other")
def apart(request, kenmerk, other):
    """They are two: they are not proposed again."""
    merging.tell_apart(*two(kenmerk, other), by=request.user)
    messages.success(request, _("Opgeschreven: dit zijn er twee. We stellen ze niet meer samen voor."))
    return redirect("desk:doubles")
