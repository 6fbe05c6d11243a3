"""Looking along: the initiator asks for it, who was asked sees one plan, and nothing private of it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.handback import signed_in
from agreements.onlookers import verbs
from agreements.onlookers.models import Onlooker
from contacts.models import current_absence
from initiatives import timeline
from initiatives.sides import own_plan
from townhall import submission
from townhall.posting import put_errors, sent
from townhall.submission import SentOnce

CLERKS = "griffie"
MOST_EVENTS = 50


class AskForm(SentOnce):
    """Who is asked to look along."""

    whom = forms.ChoiceField(
        label=lazy("Wie wil je vragen?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Kies wie je wilt vragen."),
            "invalid_choice": lazy("Deze keuze is er niet meer. Kies uit de lijst."),
        },
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.holders = {one.key: one for one in verbs.holders_for(plan)}
        offices = [
            (key, _("Het bureau van %(title)s %(name)s") % {"title": one.title, "name": one.name})
            for key, one in self.holders.items()
        ]
        self.fields["whom"].choices = [*offices, (CLERKS, _("De griffie, voor de gemeenteraad"))]

    def holder(self):
        """The holder that was chosen; None for the clerks of the council."""
        return self.holders.get(self.cleaned_data["whom"])


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, public_id):
    """Ask somebody to look along, and see who does already."""
    plan = own_plan(request.user, public_id)
    form = AskForm(sent(request), plan=plan)
    if form.is_bound and form.is_valid():
        token, by = form.cleaned_data["token"], request.user
        try:
            submission.once(
                token, "onlooker", lambda: str(verbs.ask(plan, by=by, holder=form.holder()).pk), by=by
            )
        except ValidationError as refused:
            put_errors(form, refused)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Verstuurd. Je contactpersoon weet dat je dit vroeg."))
            return redirect("agreements:ask-onlooker", plan.public_id)
    context = {
        "plan": plan,
        "form": form,
        "may_ask": verbs.may_ask(plan, request.user),
        "onlookers": plan.onlookers.visible_to(request.user).select_related("holder")[:MOST_EVENTS],
    }
    return render(request, "agreements/ask_onlooker.html", context)


@never_cache
@signed_in
@require_POST
def revoke(request, public_id, key):
    """The link works no more."""
    plan = own_plan(request.user, public_id)
    onlooker = get_object_or_404(plan.onlookers.select_related("initiative"), pk=key)
    try:
        verbs.revoke(onlooker, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("De link werkt niet meer."))
    return redirect("agreements:ask-onlooker", plan.public_id)


@never_cache
@require_safe
def look_along(request, token):
    """One plan, for who has the link: what it is, what was promised, what happened; nothing of its people.

    There is no twin: the link is for one person's eyes.
    """
    found = Onlooker.objects.signed(token).select_related("holder", "initiative__contact__department")
    onlooker = get_object_or_404(found.select_related("initiative__contact__deputy", "initiative__district"))
    plan = onlooker.initiative
    verbs.opened(onlooker)
    prefetch_related_objects([plan.contact], current_absence())
    events = plan.public_timeline()
    context = {
        "onlooker": onlooker,
        "plan": plan,
        "clocks": plan.clocks.all(),
        "goals": plan.goal_links.select_related("goal"),
        "entries": timeline.told(events[:MOST_EVENTS]),
    }
    return render(request, "agreements/look_along.html", context)
