"""The kind of a plan, and what follows from it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only
from desk import views
from desk.forms import Versioned
from initiatives import verbs
from initiatives.models import Initiative
from townhall.posting import put_errors, put_on, sent

FOLLOWS = {  # kind -> what it means for town hall and the initiator
    Initiative.Kind.OWN_PLAN: lazy("De initiatiefnemer doet het zelf. De gemeente helpt."),
    Initiative.Kind.ASK_COUNCIL: lazy("De gemeenteraad geeft antwoord. De griffie weet hoe dat gaat."),
    Initiative.Kind.CHALLENGE: lazy("Inwoners doen een taak van de gemeente. Er is een besluit voor nodig."),
}


class KindForm(Versioned):
    """Which kind it is."""

    kind = forms.ChoiceField(
        label=lazy("Wat voor plan is dit?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Kies wat voor plan dit is."),
            "invalid_choice": lazy("Kies een van de drie."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (code, f"{Initiative.Kind(code).label.capitalize()}. {words}") for code, words in FOLLOWS.items()
        ]


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request, reference):
    """Choose the kind of a plan."""
    plan = views.plan_to_handle(request, reference)
    fresh = {"version": plan.version, "kind": plan.kind}
    form = KindForm(sent(request), initial=fresh)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            verbs.set_kind(plan, by=request.user, kind=told["kind"], version=told["version"])
            messages.success(request, _("Bewaard. De initiatiefnemer hoort het van ons."))
            return redirect("desk:plan", plan.reference)
        except ValidationError as refused:
            status = put_errors(form, refused)
            plan = views.plan_of(request, reference)
            put_on(form, plan.version)
    told = {"plan": plan, "form": form, "may_set": verbs.may("set_kind", plan, request.user)}
    return render(request, "desk/kind.html", told, status=status)
