"""The public pages of initiatives, and how a text becomes one."""

import time
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import proving
from accounts.adapter import TOO_OFTEN
from accounts.handback import signed_in
from funding.models import NeedKind
from initiatives import timeline, verbs
from initiatives.filters import InitiativeFilter
from initiatives.forms import PlanForm, RegisterForm
from initiatives.models import Initiative, State
from initiatives.sheets import INITIATIVES
from townhall import submission
from townhall.limiter import seconds_to_wait
from townhall.pages import ListPage, ThingPage
from townhall.paging import LongPaginator
from townhall.posting import is_conflict, put_on

MOST_EVENTS = 30  # of the timeline on the page of a plan
MOST_NEWS = 20  # the newest; older news is in the API
MOST_AGREED = 50  # of what was promised


class InitiativeList(ListPage):
    """What residents do, newest first."""

    filterset_class = InitiativeFilter
    paginator_class = LongPaginator
    resource = "initiatieven"
    sheet = INITIATIVES
    template_name = "initiatives/list.html"

    def records(self):
        user = self.request.user
        return Initiative.objects.visible_to(user).registered().on_their_own().for_cards(user)


class InitiativePage(ThingPage):
    """One initiative: its story, where it stands and who to talk to."""

    resource = "initiatieven"
    slug_field = "reference"
    template_name = "initiatives/detail.html"

    def get_queryset(self):
        user = self.request.user
        found = Initiative.objects.visible_to(user).registered().for_pages(user)
        return found.annotate(**{f"has_{name}": _some(name) for name in PARTS})

    def get_context_data(self, **kwargs):
        plan, user = self.object, self.request.user
        parts = {
            "updates": plan.updates.public().for_pages()[:MOST_NEWS],
            "decisions": plan.decisions.whole(),
            "commitments": plan.commitments.visible_to(user).for_pages().in_order()[:MOST_AGREED],
            "cohandlers": plan.cohandlers.departments(),
            "attachments": plan.attachments.public().for_pages(),
        }
        told = {PARTS[name]: rows if getattr(plan, f"has_{name}") else [] for name, rows in parts.items()}
        events = plan.public_timeline()
        return super().get_context_data(entries=timeline.told(events[:MOST_EVENTS]), **told, **kwargs)


PARTS = {  # what most plans have none of, so that is asked first -> what the page calls it
    "updates": "updates",
    "decisions": "decisions",
    "commitments": "commitments",
    "cohandlers": "departments",
    "attachments": "attachments",
}


def _some(name):
    """Has a plan any of these? They may be of apps that know of plans, not the other way round."""
    related = Initiative._meta.get_field(name).related_model
    return Exists(related.objects.filter(initiative=OuterRef("pk")))


FROM_WEGWIJZER = {"titel": "title", "omschrijving": "story", "wijk": "district", "bedrag": "amount"}
MOST_BEGUN = 3  # plans that one browser has begun at once
LONGEST = {"title": 150, "story": 10_000, "district": 80, "amount": 20}  # characters that are kept


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Register a plan. Who comes from the wegwijzer brings along what was typed there."""
    if "overnemen" in request.POST:
        return take_over(request)
    if request.method != "POST":
        if plan := became(request):
            return redirect("initiatives:concept", plan)
        initial = begun(request) or kept(request).get("typed", {})
        return draw(request, RegisterForm(user=request.user, initial=initial))
    form, status = RegisterForm(request.POST, user=request.user), 200
    if form.is_valid():
        if words := too_often(request, form):
            form.add_error(None, words)
            status = 429
        else:
            try:
                return start(request, form)
            except submission.Refused as refused:
                form.add_error(None, str(refused))
    return draw(request, form, status)


def take_over(request):
    """On to a page that "back" can show again; at once to the form for who asks that too often."""
    typed = brought(request)
    if seconds_to_wait(request, "begin"):
        return draw(request, RegisterForm(user=request.user, initial=typed))
    return redirect(f"{reverse('initiatives:new')}?begin={keep(request, typed)}")


def draw(request, form, status=200):
    """The page with the form, which goes on under the key by which this plan was begun."""
    action = request.path + (f"?begin={request.GET['begin']}" if kept(request) else "")
    return render(request, "initiatives/new.html", {"form": form, "action": action}, status=status)


def keep(request, typed, key="", concept="", whose=None):
    """The key in an address by which this browser finds what was typed, for an hour."""
    key, until = key or str(uuid.uuid4()), time.time() + proving.HOLDS
    found = lasting(request) | {key: {"typed": typed, "until": until, "concept": concept, "whose": whose}}
    request.session[proving.BEGUN] = dict([*found.items()][-MOST_BEGUN:])
    if not request.user.is_authenticated:
        request.session.set_expiry(proving.HOLDS)
    return key


def kept(request):
    """What is kept under the key in this address; nothing after an hour."""
    return lasting(request).get(request.GET.get("begin"), {})


def lasting(request):
    """All that this browser began within the hour; what is older goes."""
    found = request.session.get(proving.BEGUN, {})
    last = {key: one for key, one in found.items() if time.time() < one["until"]}
    if last != found:
        request.session[proving.BEGUN] = last
    return last


def became(request):
    """The public id of the concept that was made of it, for who may open that; else empty."""
    concept = kept(request).get("concept") if request.user.is_authenticated else ""
    mine = Initiative.objects.visible_to(request.user)
    return concept if concept and mine.filter(public_id=concept).exists() else ""


def forget(request, plan):
    """What was typed for this plan is kept no longer than it takes to open its concept."""
    found = request.session.get(proving.BEGUN, {})
    for one in found.values():
        if one["typed"] and one["concept"] == str(plan.public_id):
            one["typed"] = {}
            request.session.modified = True


def too_often(request, form):
    """Why this has to wait, in words: too many plans from here, or codes to this address; else empty."""
    if wait := seconds_to_wait(request, "register"):
        words = _("Je meldt veel plannen achter elkaar. Probeer het over %(n)s minuten weer.")
        return words % {"n": wait // 60 + 1}
    email = form.cleaned_data.get("email")
    return TOO_OFTEN if email and not proving.may_ask(request, email) else ""


def brought(request):
    """What was typed in the wegwijzer."""
    told = {field: request.POST.get(name, "")[: LONGEST[field]] for name, field in FROM_WEGWIJZER.items()}
    return told | {"needs": [need for need in NeedKind.values if need in request.POST.getlist("behoeften")]}


def begun(request):
    """What was registered just now with a wrong e-mail address; nothing once somebody changed it."""
    if not proving.may_type_another(request):
        return {}
    plan = Initiative.objects.filter(public_id=request.GET["concept"], state=State.DRAFT, version=1).first()
    return PlanForm.of(plan).initial | {"email": plan.initiators().first().user.email} if plan else {}


def start(request, form):
    """Keep the concept once, and lead on: to the concept, or first to the code."""
    known = request.user.is_authenticated
    user = request.user if known else proving.person_at(form.cleaned_data["email"])
    outcome = submission.once(
        uuid.uuid5(form.cleaned_data["token"], user.email),  # "back" to mend a wrong address is another plan
        "register",
        lambda: str(verbs.register(by=user, **form.plan()).public_id),
        by=user if known else None,
    )
    if kept(request):
        typed = {name: form[name].value() for name in form.fields if name not in ("token", "email")}
        keep(request, {} if known else typed, request.GET["begin"], outcome.result, user.pk)
    concept = reverse("initiatives:concept", args=[outcome.result])
    if known:
        return redirect(concept)
    other = f"{reverse('initiatives:new')}?concept={outcome.result}"
    return redirect(proving.ask_code(request, user, then=concept, other=other))


def my_plan(request, public_id):
    """A plan of which the person signed in is an initiator; for others it does not exist."""
    plan = get_object_or_404(Initiative.objects.visible_to(request.user), public_id=public_id)
    if not verbs.initiator(request.user, plan):
        raise Http404
    return plan


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def concept(request, public_id):
    """The concept: read it again, change it, send it or throw it away."""
    plan = my_plan(request, public_id)
    forget(request, plan)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm.of(plan)
    if plan.state != State.DRAFT:
        return sent_before(request, plan, form)
    if "weggooien" in request.POST:
        try:
            verbs.discard(plan, by=request.user)
        except ValidationError as refused:  # sent or thrown away in another tab
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("Je concept is weg."))
        return redirect("overview:mine")
    if form.is_bound and form.is_valid():
        try:
            verbs.edit(plan, by=request.user, **form.changes())
            if "verstuur" in request.POST:
                verbs.submit(plan, by=request.user)
                return redirect("initiatives:receipt", plan.public_id)
            messages.success(request, _("Je concept is bewaard. Het is nog niet verstuurd."))
            return redirect("initiatives:concept", plan.public_id)
        except ValidationError as refused:
            now = my_plan(request, public_id)
            if now.state != State.DRAFT:
                return sent_before(request, now, form)
            form.add_error(None, refused)
            put_on(form, now.version)
            changed = now if is_conflict(refused) else None
            told = {"plan": now, "form": form, "now": changed}
            return render(request, "initiatives/concept.html", told, status=409)
    return render(request, "initiatives/concept.html", {"plan": plan, "form": form})


def sent_before(request, plan, form):
    """Sent already: by a second click, before "back", or from another tab, whose other words are kept."""
    if not form.is_bound or not form.says_else(plan):
        return redirect("initiatives:receipt", plan.public_id)
    put_on(form, plan.version)
    return render(request, "initiatives/concept.html", {"plan": plan, "form": form, "now": plan}, status=409)


@never_cache
@login_required
@require_safe
def receipt(request, public_id):
    """Your plan has arrived: its reference, and what happens when."""
    plan = my_plan(request, public_id)
    if plan.state == State.DRAFT:
        return redirect("initiatives:concept", plan.public_id)
    return render(request, "initiatives/receipt.html", {"plan": plan, "clocks": plan.clocks.all()})
