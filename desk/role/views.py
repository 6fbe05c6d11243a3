"""An officer's own page: when they are away, who takes over then, and who leaves their department."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, sent_from
from contacts import verbs
from contacts.models import Absence, AccountManager
from desk.manage.fields import Day, OneOf
from desk.page import managers
from townhall import submission
from townhall.posting import put_errors, put_on
from townhall.submission import SentOnce

MOST = 20  # absences that are shown


class AwayForm(SentOnce):
    """When one is away, and who takes over."""

    since = Day(label=lazy("Eerste dag"))
    until = Day(label=lazy("Laatste dag"), help_text=lazy("Leeg als je het nog niet weet."), required=False)
    deputy = OneOf(
        AccountManager.objects.none(),
        label=lazy("Wie neemt het over?"),
        help_text=lazy("Leeg: dan neemt je vaste vervanger het over."),
        required=False,
        empty_label=lazy("Je vaste vervanger"),
    )

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, auto_id="weg-%s", **kwargs)
        self.fields["deputy"].queryset = AccountManager.objects.employed().exclude(pk=role.pk)

    def values(self):
        return {name: self.cleaned_data[name] for name in ("since", "until", "deputy")}


class DeputyForm(forms.Form):
    """Who takes over whenever one is away."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    deputy = OneOf(AccountManager.objects.none(), label=lazy("Vaste vervanger"), required=False)

    def __init__(self, *args, role, **kwargs):
        super().__init__(*args, auto_id="vast-%s", **kwargs)
        self.fields["deputy"].queryset = AccountManager.objects.employed().exclude(pk=role.pk)


def absences_of(role):
    """The absences that run or are still to come, the first first."""
    found = role.absences.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    return found.select_related("deputy", "manager__user").order_by("since", "pk")


def draw(request, role, *, away=None, deputy=None, status=200):
    """The page, with forms that came back as they are."""
    department = Q(department__lead__user=request.user)
    context = {"role": role, "people": managers().filter(department, is_front_desk=False)[:100]}
    if role:
        fresh = {"version": role.version, "deputy": role.deputy_id}
        context |= {
            "absences": absences_of(role)[:MOST],
            "away": away or AwayForm(role=role, initial={"since": timezone.localdate()}),
            "deputy": deputy or DeputyForm(role=role, initial=fresh),
        }
    return render(request, "desk/role.html", context, status=status)


def role_of(request):
    """What this officer works as; None for who is no contact."""
    try:
        return verbs.role_of(request.user)
    except PermissionDenied:
        return None


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """When I am away; the two forms are told apart by the button that was pressed."""
    role = role_of(request)
    if request.method != "POST":
        return draw(request, role)
    if role is None:
        raise Http404
    return name_deputy(request, role) if request.POST.get("doe") == "vast" else report(request, role)


def report(request, role):
    """Away for some days: sent twice it is noted once."""
    form = AwayForm(request.POST, role=role)
    if form.is_valid():
        token, by = form.cleaned_data["token"], request.user
        try:
            submission.once(
                token, "away", lambda: str(verbs.report_absence(by=by, **form.values()).pk), by=by
            )
        except ValidationError as refused:
            put_errors(form, refused)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Opgeschreven. Wie een plan bij je heeft, ziet wie het overneemt."))
            return redirect("desk:role")
    return draw(request, role, away=form)


def name_deputy(request, role):
    """Who takes over whenever I am away."""
    form = DeputyForm(request.POST, role=role)
    if form.is_valid():
        try:
            verbs.name_deputy(role, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
            put_on(form, AccountManager.objects.get(pk=role.pk).version)
        else:
            messages.success(request, _("Je vaste vervanger staat erin."))
            return redirect("desk:role")
    return draw(request, role, deputy=form)


@never_cache
@officers_only
@sent_from("desk:role")
def back(request, key):
    """I am here again; an absence that was still to come does not happen."""
    own = Absence.objects.select_related("manager__user").filter(manager__user=request.user)
    absence = get_object_or_404(own, pk=key)
    try:
        verbs.end_absence(absence, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Je afwezigheid is voorbij."))
    return redirect("desk:role")
