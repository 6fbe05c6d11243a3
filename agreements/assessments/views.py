"""What town hall looks at, for everybody; the assessment of one plan, for officers and for whose plan it is.

The twins of the forms are in api.py, below the plan.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only, sent_from, signed_in
from agreements.assessments import verbs
from agreements.assessments.filters import AssessmentFrameworkFilter
from agreements.assessments.forms import AssessForm, CloseForm, ReactForm
from agreements.assessments.models import Assessment, AssessmentFramework
from agreements.sheets import FRAMEWORKS
from initiatives.sides import own_plan, plan_to_handle
from townhall import submission
from townhall.pages import ListPage, ThingPage
from townhall.posting import put_errors, put_on, sent


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
def assessment_of(request, plan):
    """The assessment of a plan as this person sees it now, or None."""
    return Assessment.objects.visible_to(request.user).whole().filter(initiative=plan).first()


def do_once(request, form, purpose, do):
    """The status of the page where it was refused; None when `do` was done, now or by the first click."""
    try:
        submission.once(form.cleaned_data["token"], purpose, lambda: str(do().pk), by=request.user)
        return None
    except ValidationError as refused:
        return put_errors(form, refused)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return 400


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assess(request, reference):
    """The questions about one plan, to answer, to share, and to close."""
    plan = plan_to_handle(request.user, reference)
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
        put_on(form, assessment.version if assessment else 0)
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
    plan = plan_to_handle(request.user, reference)
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
        put_on(form, assessment.version if assessment else 0)
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
    plan = own_plan(request.user, public_id)
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
        put_on(form, assessment.version if assessment else 0)
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
