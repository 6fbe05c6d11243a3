"""What town hall looks at, for everybody; the assessment of one plan, for officers and for whose plan it is.

The twins of the forms are in api.py, below the plan.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, sent_from, signed_in
from agreements.assessments import verbs
from agreements.assessments.filters import AssessmentFrameworkFilter
from agreements.assessments.forms import AssessForm, CloseForm, ReactForm
from agreements.assessments.models import Assessment, AssessmentFramework
from agreements.sheets import FRAMEWORKS
from initiatives.models import Initiative
from initiatives.verbs import initiator
from townhall import submission
from townhall.pages import ListPage, ThingPage


class FrameworkList(ListPage):
    """What town hall looks at now, and what it looked at before."""

    template_name = "agreements/frameworks.html"
    filterset_class = AssessmentFrameworkFilter
    sheet = FRAMEWORKS
    resource = "afwegingskaders"

    def records(self):
        return AssessmentFramework.objects.visible_to(self.request.user).whole()

    def get_context_data(self, **kwargs):
        now = AssessmentFramework.objects.in_force().whole().first()
        return super().get_context_data(current=now, **kwargs)


class FrameworkPage(ThingPage):
    """One version: its questions, since when and by whom."""

    template_name = "agreements/framework.html"
    context_object_name = "framework"
    resource = "afwegingskaders"

    def get_queryset(self):
        return AssessmentFramework.objects.visible_to(self.request.user).whole()

    def get_context_data(self, **kwargs):
        now = AssessmentFramework.objects.in_force().first()
        return super().get_context_data(is_current=now == self.object, **kwargs)


# Of one plan ------------------------------------------------------------------------------------------
def plan_of(request, reference):
    """A plan that an officer may handle; nobody handles their own."""
    plans = Initiative.objects.visible_to(request.user).registered().select_related("contact__department")
    plan = get_object_or_404(plans, reference=reference)
    if initiator(request.user, plan):
        raise PermissionDenied(_("Niemand behandelt een eigen plan."))
    return plan


def assessment_of(request, plan):
    """The assessment of a plan as this person sees it now, or None."""
    return Assessment.objects.visible_to(request.user).whole().filter(initiative=plan).first()


def sent(request):
    """What was typed; None while nothing was sent."""
    return request.POST if request.method == "POST" else None


def do_once(request, form, purpose, do):
    """The status of the page where it was refused; None when `do` was done, now or by the first click."""
    try:
        submission.once(form.cleaned_data["token"], purpose, lambda: str(do().pk), by=request.user)
        return None
    except ValidationError as refused:
        found = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        for name, words in found.items():
            for sentence in words:
                form.add_error(name if name in form.fields else None, sentence)
        return 409 if getattr(refused, "code", None) == "conflict" else 400
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return 400


def on_top_of(form, assessment):
    """What was typed, to be sent again on top of what is stored now."""
    form.data = form.data.copy()
    form.data["version"] = assessment.version if assessment else 0


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request, reference):
    """The questions about one plan, to answer, to share, and to close."""
    plan = plan_of(request, reference)
    assessment = assessment_of(request, plan)
    framework = assessment.framework if assessment else AssessmentFramework.objects.of_plan(plan).first()
    criteria = list(framework.criteria.all()) if framework else []
    form = AssessForm(sent(request), criteria=criteria, assessment=assessment)
    if not form.is_bound:
        return draw(request, plan, assessment, framework, form=form)
    status = 400
    if form.is_valid():
        status = do_once(request, form, f"assess-{plan.pk}", lambda: write(request, plan, form))
        if status is None:
            is_shared = "deel" in request.POST or bool(assessment and assessment.is_shared)
            told = (
                _("Bewaard. De initiatiefnemer kan het nu lezen.") if is_shared else _("Bewaard als concept.")
            )
            messages.success(request, told)
            return redirect("agreements:assess", reference)
        assessment = assessment_of(request, plan)
        on_top_of(form, assessment)
    return draw(request, plan, assessment, framework, form=form, status=status)


@transaction.atomic
def write(request, plan, form):
    """The answers that were sent; shared too where that was asked, or else nothing is kept."""
    version = form.cleaned_data["version"]
    found = verbs.assess(plan, by=request.user, answers=form.answers(), version=version)
    if "deel" in request.POST and found.is_draft:
        found = verbs.share_assessment(plan, by=request.user, version=found.version)
    return found


@never_cache
@officers_only
@sent_from("agreements:assess", "reference")
def close(request, reference):
    """It stands: with the reply to what the initiator said."""
    plan = plan_of(request, reference)
    assessment = assessment_of(request, plan)
    if assessment is None:
        raise Http404
    form = CloseForm(request.POST, assessment=assessment)
    status = 400
    if form.is_valid():
        values = form.values()
        status = do_once(
            request,
            form,
            f"close-assessment-{plan.pk}",
            lambda: verbs.close_assessment(plan, by=request.user, **values),
        )
        if status is None:
            messages.success(request, _("De afweging is afgerond. De initiatiefnemer krijgt bericht."))
            return redirect("agreements:assess", reference)
        assessment = assessment_of(request, plan)
        on_top_of(form, assessment)
    return draw(request, plan, assessment, assessment.framework, closing=form, status=status)


def draw(request, plan, assessment, framework, *, form=None, closing=None, status=200):
    """The page of an officer with its forms as they are now."""
    allowed = verbs.allowed(plan, assessment, request.user)
    criteria = list(framework.criteria.all()) if framework else []
    may_close = "close_assessment" in allowed and assessment.may_close_now
    context = {
        "plan": plan,
        "assessment": assessment,
        "framework": framework,
        "may_assess": "assess" in allowed and bool(criteria),
        "form": form or AssessForm(criteria=criteria, assessment=assessment),
        "closing": closing or (CloseForm(assessment=assessment) if may_close else None),
    }
    return render(request, "agreements/assess.html", context, status=status)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request, public_id):
    """How town hall looks at one's own plan: what it asks, what it found, and a place to answer."""
    plans = Initiative.objects.visible_to(request.user).registered().select_related("contact__department")
    plan = get_object_or_404(plans, public_id=public_id)
    if not initiator(request.user, plan):
        raise Http404
    assessment = assessment_of(request, plan)
    if request.method != "POST" or assessment is None:
        return draw_mine(request, plan, assessment)
    form = ReactForm(request.POST, assessment=assessment)
    status = 400
    if form.is_valid():
        values = form.values()
        status = do_once(
            request,
            form,
            f"react-{plan.pk}",
            lambda: verbs.react_to_assessment(plan, by=request.user, **values),
        )
        if status is None:
            messages.success(request, _("Dank je wel. Je contactpersoon leest je reactie."))
            return redirect("agreements:assessment-mine", public_id)
        assessment = assessment_of(request, plan)
        on_top_of(form, assessment)
    return draw_mine(request, plan, assessment, form=form, status=status)


def draw_mine(request, plan, assessment, *, form=None, status=200):
    """The page of the initiator with the form as it is now."""
    may_react = "react_to_assessment" in verbs.allowed(plan, assessment, request.user)
    of_plan = AssessmentFramework.objects.of_plan(plan).whole()
    context = {
        "plan": plan,
        "assessment": assessment,
        "framework": assessment.framework if assessment else of_plan.first(),
        "may_react": may_react,
        "form": form or (ReactForm(assessment=assessment) if may_react else None),
    }
    return render(request, "agreements/assessment_mine.html", context, status=status)
