"""The search; one's own plans: where they stand, what happens next, the talk; the council's page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.handback import signed_in
from accounts.models import Notice
from agreements.commitments import page as commitments
from agreements.models import Assessment, Merge
from agreements.requirements import verbs as requirements
from agreements.requirements.forms import QuestionForm
from contacts.models import current_absence
from desk.dossier.views import handed_over
from initiatives import notices, timeline, verbs
from initiatives.forms import PlanForm
from initiatives.looks import looks_at
from initiatives.models import Clock, Initiative, State
from initiatives.versions import MOST as MOST_VERSIONS
from initiatives.versions import versions
from overview.council import Overview
from overview.dealings import FEWEST_CONTACTS
from overview.dealings import figures as figures_of_dealings
from overview.equal import EqualTreatment
from overview.forms import MessageForm, StepForm
from overview.mails import MailForm
from overview.promises import FEWEST
from overview.search import Search
from overview.sheets import DEALINGS
from townhall import sheets, submission
from townhall.filters import MOST_SEARCHED
from townhall.posting import put_on, sent

PER_PAGE = 20
MOST_REQUIREMENTS = 50
RECENT = 6  # messages in sight; the ones before are folded away
NEXT = {  # what the initiator may expect in each state
    State.DRAFT: _("Je plan is nog niet verstuurd. Lees het na en verstuur het als je zover bent."),
    State.SUBMITTED: _("We lezen je plan en zoeken een vaste contactpersoon voor je."),
    State.IN_DIALOGUE: _("Je contactpersoon praat met je over je plan en zoekt uit wat er kan."),
    State.AWAITING_DECISION: _("Iemand moet nog een besluit nemen. Je contactpersoon houdt je op de hoogte."),
    State.IN_PROGRESS: _("Je bent aan de slag. Loop je ergens tegenaan? Schrijf je contactpersoon."),
    State.REALISED: _("Je plan is af. Gefeliciteerd! Vertel ons gerust hoe het ging."),
    State.ONGOING: _("Je plan loopt door. Je contactpersoon blijft voor je klaarstaan."),
    State.PAUSED: _("Je plan staat even stil. Jij zegt wanneer je verder wilt."),
    State.STOPPED: _("Je plan is gestopt. Wil je toch verder? Schrijf je contactpersoon."),
    State.REFERRED: _("Je plan is doorgegeven aan wie erover gaat. Je leest hieronder aan wie."),
}
STEPS = {  # what an initiator may do alone -> (button, look)
    "pause": (_("Zet mijn plan even stil"), "secondary"),
    "resume": (_("Ga weer verder"), "primary"),
    "realise": (_("Mijn plan is af"), "secondary"),
    "keep_going": (_("Mijn plan loopt door"), "secondary"),
    "withdraw": (_("Stop met mijn plan"), "subtle"),
}


@require_safe
def search(request):
    """Everything that holds some words; a slip that finds nothing leads on to what was meant.

    `letterlijk` asks for just these words, `getypt` tells which words led here.
    """
    found = Search(request)
    if "letterlijk" not in request.GET and not found.form.errors and found.better:
        asked = urlencode({"zoek": found.better, "getypt": found.text})
        return redirect(f"{request.path}?{asked}")
    typed = request.GET.get("getypt", "")[:MOST_SEARCHED]
    twin = reverse("api:zoeken") + (f"?{urlencode({'zoek': found.text})}" if found.text else "")
    told = {"search": found, "form": found.form, "api_twin": twin, "typed": typed}
    return render(request, "overview/search.html", told)


@never_cache
@login_required
@require_safe
def mine(request):
    """My plans, newest first, and what is new."""
    running = Prefetch("clocks", Clock.objects.running(), to_attr="ticking")
    plans = (
        Initiative.objects.filter(Initiative.objects.taking_part(request.user))
        .select_related("district", "contact")
        .prefetch_related(running)
        .order_by("-created_at", "-id")
    )
    page = Paginator(plans, PER_PAGE).get_page(request.GET.get("pagina"))
    unread = Notice.objects.filter(user=request.user).unread().select_related("event")[:PER_PAGE]
    context = {"page_obj": page, "plans": page.object_list, "news": news(request.user, unread)}
    return render(request, "overview/mine.html", context)


def news(user, unread):
    """Unread notices with their plan: [{entry, plan, url}, …]; an officer reads it at the desk."""
    known = [notice for notice in unread if notice.event.what in timeline.WORDS]
    entries = timeline.told(notice.event for notice in known)
    keys = {notice.event.subject_key for notice in known}
    rows = Initiative.objects.filter(public_id__in=keys).annotate(
        is_mine=Initiative.objects.taking_part(user)
    )
    plans = {str(plan.public_id): plan for plan in rows}
    found = zip(entries, (plans.get(notice.event.subject_key) for notice in known), strict=True)
    return [{"entry": entry, "plan": plan, "url": where(user, plan)} for entry, plan in found if plan]


def where(user, plan):
    """The page on which this person reads of a plan."""
    if user.is_officer and not plan.is_mine:
        return reverse("desk:plan", args=[plan.reference])
    return reverse("overview:plan", args=[plan.public_id])


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request):
    """Which mails I want. Without a twin: programs get no mail."""
    form = MailForm(sent(request), user=request.user)
    if form.is_bound and form.is_valid():
        form.keep()
        messages.success(request, _("Je keuze is bewaard."))
        return redirect("overview:mails")
    return render(request, "overview/mails.html", {"form": form})


def my_plan(request, public_id):
    """A plan of which the person signed in is an initiator; for others it does not exist."""
    plans = Initiative.objects.visible_to(request.user).select_related(
        "district", "contact__department", "contact__deputy", "merged_into"
    )
    plan = get_object_or_404(plans, public_id=public_id)
    if not verbs.initiator(request.user, plan):
        raise Http404
    if plan.contact:
        prefetch_related_objects([plan.contact], current_absence())
    return plan


@never_cache
@login_required
@require_safe
def plan(request, public_id):
    """One of my plans; opening it marks its news as read."""
    found = my_plan(request, public_id)
    if found.state == State.DRAFT:
        return redirect("initiatives:concept", public_id)
    mark_read(request.user, found)
    return draw(request, found)


def mark_read(user, plan):
    """The news of this plan has been seen."""
    notices.seen(user, plan)
    plan.messages.filter(from_town=True, read_at=None).update(read_at=timezone.now())


def draw(request, plan, *, message=None, step=None, status=200):
    """The page of a plan, with the forms as they are now."""
    said = list(plan.talk(request.user).select_related("by"))
    clocks = list(plan.clocks.all())
    context = {
        "plan": plan,
        "next": NEXT[plan.state],
        "clocks": clocks,
        "entries": timeline.told(plan.timeline(request.user)[:50]),
        "may_edit": verbs.may("edit", plan, request.user),
        "goals": plan.goal_links.select_related("goal"),
        "earlier": said[:-RECENT],
        "messages_so_far": said[-RECENT:],
        "message_form": message or MessageForm(),
        "steps": steps(plan, request.user, step),
        "assessment": Assessment.objects.visible_to(request.user).filter(initiative=plan).first(),
        "decisions": plan.decisions.whole(),
        "requirements": demands(plan, request.user),
        "is_late": any(clock.is_overdue() for clock in clocks),
        "departments": plan.cohandlers.departments(),
        "onlookers": plan.onlookers.open().exists(),
        "looks": looks_at(request.user, plan),
        "merges": Merge.objects.about(plan).open().with_plans(),
    }
    context |= commitments.part(request, plan, is_officer=False)
    return render(request, "overview/plan.html", context, status=status)


def demands(plan, user):
    """What is demanded of a plan; with the form to ask whether it is needed, where that can be asked."""
    found = requirements.offered(plan, user, requirements.may(plan, user), MOST_REQUIREMENTS)
    for requirement in found:
        if "question_requirement" in requirement.offers:
            requirement.question_form = QuestionForm(requirement=requirement)
    return found


def steps(plan, user, failed=None):
    """The steps this initiator may take: verb, words and form; a failed one keeps what was typed."""
    allowed = verbs.allowed(plan, user)
    for verb, (words, look) in STEPS.items():
        if verb in allowed:
            form = failed[1] if failed and failed[0] == verb else None
            needs = verb in verbs.NEEDS_REASON
            yield {
                "verb": verb,
                "words": words,
                "look": look,
                "form": form
                or StepForm(needs_reason=needs, initial={"version": plan.version}, auto_id=f"{verb}-%s"),
                "open": form is not None,
            }


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, public_id):
    """Change the plan; who was second sees both texts and keeps their own."""
    found = my_plan(request, public_id)
    if not verbs.may("edit", found, request.user):
        return redirect("overview:plan", public_id)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm.of(found)
    now = None
    if form.is_bound and form.is_valid():
        try:
            verbs.edit(found, by=request.user, **form.changes())
            messages.success(request, _("Je plan is bewaard."))
            return redirect("overview:plan", public_id)
        except ValidationError as refused:
            form.add_error(None, refused)
            now = my_plan(request, public_id)
            put_on(form, now.version)
    status = 409 if now else 200
    return render(request, "overview/edit.html", {"plan": found, "form": form, "now": now}, status=status)


@never_cache
@login_required
@require_safe
def history(request, public_id):
    """How the texts of my plan changed."""
    found = my_plan(request, public_id)
    told = {"plan": found, "versions": versions(found, request.user), "most": MOST_VERSIONS}
    return render(request, "overview/history.html", told)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request, public_id):
    """All that the municipality keeps of my plan, in one file."""
    found = my_plan(request, public_id)
    if request.method == "POST":
        return handed_over(request, found, kind="own")
    return render(request, "overview/dossier.html", {"plan": found})


@signed_in
@require_POST
def write(request, public_id):
    """A message to the contact."""
    found = my_plan(request, public_id)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            submission.once(
                form.cleaned_data["token"],
                "message",
                lambda: str(verbs.write(found, by=request.user, text=form.cleaned_data["text"]).pk),
                by=request.user,
            )
            messages.success(request, _("Je bericht is verstuurd."))
            return redirect("overview:plan", public_id)
        except ValidationError as refused:
            form.add_error(None, refused)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    return draw(request, found, message=form)


@signed_in
@require_POST
def step(request, public_id, verb):
    """Pause, go on, finish or stop."""
    found = my_plan(request, public_id)
    if verb not in STEPS:
        raise Http404
    form = StepForm(request.POST, needs_reason=verb in verbs.NEEDS_REASON, auto_id=f"{verb}-%s")
    status = 200
    if form.is_valid():
        told = form.cleaned_data
        try:
            verbs.step(verb, found, by=request.user, sentence=told["reason"], version=told["version"])
            messages.success(request, _("Gelukt. Je contactpersoon hoort het van ons."))
            return redirect("overview:plan", public_id)
        except ValidationError as refused:
            form.add_error(None, refused)
            found, status = my_plan(request, public_id), 409
            put_on(form, found.version)
    return draw(request, found, step=(verb, form), status=status)


# The council ------------------------------------------------------------------------------------------------
@never_cache
@login_required
@require_safe
def council(request):
    """What society contributes to which goal, for who works for or sits in town hall."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    found = Overview(request)
    twin = reverse("api:statistieken") + (f"?{request.GET.urlencode()}" if request.GET else "")
    context = {"overview": found, "form": found.form, "api_twin": twin, "told": found.kept("page", told)}
    return render(request, "overview/council.html", context)


def told(overview):
    """What the page says of the figures: in short, how many plans, of how many goals, and the tables."""
    context = {"overview": overview, "request": overview.request}
    tables = render_to_string("overview/_council_figures.html", context)
    return {
        "summary": overview.summary,
        "number": overview.plans.count.all,
        "goals": len(overview.goals),
        "tables": tables,
    }


@never_cache
@login_required
@require_safe
def dealings(request):
    """What initiators had to do with at town hall, for who works for or sits there; also as a file."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    rows = figures_of_dealings()
    if sheets.asked(request):
        return sheets.file_of(request, DEALINGS, rows, len(rows))
    enough = {"fewest": FEWEST, "contacts": FEWEST_CONTACTS}
    told = enough | {"rows": rows, "at": timezone.localtime(), "api_twin": reverse("api:omgang")}
    return render(request, "overview/dealings.html", told)


@never_cache
@login_required
@require_safe
def equal_treatment(request):
    """Whether plans are looked at alike, for who works for or sits in town hall."""
    if not request.user.is_staff_member:
        raise PermissionDenied
    found = EqualTreatment(request)
    twin = reverse("api:gelijke-behandeling") + (f"?{request.GET.urlencode()}" if request.GET else "")
    context = {"report": found, "form": found.form, "api_twin": twin}
    return render(request, "overview/equal.html", context)
