"""The library of usual demands, and what is done with the demands of one plan, each at an address of its own.

The twins of the forms are in api.py: what was agreed about a plan stands below that plan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, signed_in
from agreements.requirements import verbs
from agreements.requirements.filters import StandardRequirementFilter
from agreements.requirements.forms import ActForm, AnswerForm, DropForm, QuestionForm, WordingForm
from agreements.requirements.models import WORDING, StandardRequirement
from agreements.sheets import LIBRARY
from initiatives.sides import own_plan, plan_to_handle
from townhall import submission
from townhall.pages import ListPage, ThingPage
from townhall.posting import put_errors, put_on, sent


class LibraryPage(ListPage):
    """What the municipality may demand, and who helps."""

    template_name = "agreements/library.html"
    filterset_class = StandardRequirementFilter
    resource = "eisen"
    sheet = LIBRARY

    def records(self):
        return StandardRequirement.objects.visible_to(self.request.user)


class StandardRequirementPage(ThingPage):
    """One usual demand: why it is made, what it stands on, and what helps."""

    template_name = "agreements/standard_requirement.html"
    context_object_name = "standard"
    resource = "eisen"
    slug_field = "slug"
    slug_url_kwarg = "slug"

    def get_queryset(self):
        return StandardRequirement.objects.visible_to(self.request.user)


# Of one plan ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Act:
    """Something an officer does with a demand: its verb, what it asks, and its words."""

    verb: str
    do: Callable[..., Any]
    form: Callable[..., Any]
    title: str
    button: str
    done: str
    more: str = ""


ACTS = {  # as written in the address -> what it does
    "veranderen": Act(
        "correct_requirement",
        verbs.correct_requirement,
        WordingForm,
        gettext_lazy("Verander de eis"),
        gettext_lazy("Bewaar"),
        gettext_lazy("De eis is veranderd. De initiatiefnemer krijgt bericht."),
        gettext_lazy("Wat er eerst stond, blijft te lezen."),
    ),
    "voldaan": Act(
        "meet_requirement",
        verbs.meet_requirement,
        ActForm,
        gettext_lazy("Is aan deze eis voldaan?"),
        gettext_lazy("Ja, er is aan voldaan"),
        gettext_lazy("Mooi: aan de eis is voldaan. De initiatiefnemer krijgt bericht."),
    ),
    "vervalt": Act(
        "drop_requirement",
        verbs.drop_requirement,
        DropForm,
        gettext_lazy("Laat de eis vervallen"),
        gettext_lazy("Laat vervallen"),
        gettext_lazy("De eis is vervallen. De initiatiefnemer krijgt bericht."),
    ),
    "antwoord": Act(
        "answer_requirement",
        verbs.answer_requirement,
        AnswerForm,
        gettext_lazy("Is dit echt nodig?"),
        gettext_lazy("Verstuur het antwoord"),
        gettext_lazy("Je antwoord is verstuurd."),
        gettext_lazy("De initiatiefnemer vraagt het. Kijk opnieuw naar de eis, en antwoord eerlijk."),
    ),
}


def requirement_of(request, plan, key):
    """A demand of this plan, as it is stored now."""
    found = plan.requirements.visible_to(request.user).for_pages()
    return get_object_or_404(found, key=key)


def at_the_desk(plan):
    """Back to the demands on the page of the plan."""
    return redirect(f"{reverse('desk:plan', args=[plan.reference])}#eisen")


@never_cache
@officers_only
@require_safe
def choose(request, reference):
    """The library, for one plan: what goes with it, each to be added with one click."""
    plan = plan_to_handle(request.user, reference)
    standards = StandardRequirement.objects.visible_to(request.user)
    filterset = StandardRequirementFilter(request.GET, standards, request=request)
    page = Paginator(filterset.qs, LibraryPage.paginate_by).get_page(request.GET.get("pagina"))
    there = plan.requirements.open().exclude(standard=None).values_list("standard", flat=True)
    told = {"plan": plan, "form": filterset.form, "page_obj": page, "there": set(there)}
    return render(request, "agreements/choose.html", told)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, reference):
    """A new demand: a usual one with one click, or one in own words."""
    plan = plan_to_handle(request.user, reference)
    if "standaard" in request.POST:
        return add_standard(request, plan, request.POST["standaard"])
    form = WordingForm(sent(request), initial=begin_with(request))
    status = 400 if form.is_bound else 200

    def make():
        return verbs.set_requirement(plan, by=request.user, **form.values()).key

    if form.is_bound and form.is_valid():
        try:
            submission.once(form.cleaned_data["token"], "requirement", make, by=request.user)
            messages.success(request, _("De eis staat bij het plan. De initiatiefnemer krijgt bericht."))
            return at_the_desk(plan)
        except ValidationError as refused:
            status = put_errors(form, refused)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "agreements/requirement_new.html", {"plan": plan, "form": form}, status=status)


def begin_with(request):
    """The words of the usual demand that a link names, to change before it is made."""
    standards = StandardRequirement.objects.visible_to(request.user)
    standard = standards.filter(slug=request.GET.get("standaard", "")[:120]).first()
    return {name: getattr(standard, name) for name in WORDING} if standard else {}


def add_standard(request, plan, key):
    """A usual demand as it is; a second click finds it there already."""
    standards = StandardRequirement.objects.visible_to(request.user)
    standard = None if "\x00" in key else standards.filter(key=key).first()
    if standard is None:
        messages.error(request, _("Deze eis staat niet meer in de bibliotheek."))
        return at_the_desk(plan)
    try:
        verbs.set_requirement(plan, by=request.user, standard=standard)
        words = _("“%(title)s” staat bij het plan. Pas de tekst aan als dat nodig is.")
        messages.success(request, words % {"title": standard})
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return at_the_desk(plan)


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, reference, key, name):
    """One of ACTS: its form, or doing it."""
    plan = plan_to_handle(request.user, reference)
    requirement = requirement_of(request, plan, key)
    if name not in ACTS:
        raise Http404
    one = ACTS[name]
    ready = verbs.ready_for(verbs.may(plan, request.user), requirement)
    if request.method != "POST" and one.verb not in ready:
        return at_the_desk(plan)  # somebody did it already, or it has to wait
    form = one.form(sent(request), requirement=requirement)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            one.do(requirement, by=request.user, **form.values())
            messages.success(request, one.done)
            return at_the_desk(plan)
        except ValidationError as refused:
            status = put_errors(form, refused)
            requirement = requirement_of(request, plan, key)
            put_on(form, requirement.version)
    told = {"plan": plan, "requirement": requirement, "form": form, "act": one, "name": name}
    return render(request, "agreements/requirement_act.html", told, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, public_id, key):
    """“Is dit echt nodig?”, for who made the plan; for others it does not exist."""
    plan = own_plan(request.user, public_id)
    requirement = requirement_of(request, plan, key)
    ready = verbs.ready_for(verbs.may(plan, request.user), requirement)
    if request.method != "POST" and "question_requirement" not in ready:
        return redirect("overview:plan", public_id)
    form = QuestionForm(sent(request), requirement=requirement)
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            once(request, form, requirement)
            messages.success(request, _("Je vraag is verstuurd. Je ziet hier wanneer je antwoord krijgt."))
            return redirect(f"{reverse('overview:plan', args=[public_id])}#eisen")
        except ValidationError as refused:
            status = put_errors(form, refused)
            requirement = requirement_of(request, plan, key)
            put_on(form, requirement.version)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    told = {"plan": plan, "requirement": requirement, "form": form}
    return render(request, "agreements/requirement_ask.html", told, status=status)


def once(request, form, requirement):
    """The question is asked once, however often the form is sent."""
    token, told = form.cleaned_data["token"], form.values()

    def make():
        return str(verbs.question_requirement(requirement, by=request.user, **told).pk)

    submission.once(token, f"question-{requirement.key}", make, by=request.user)
