"""How a plan stays alive: a page for each side with its acts, and the page of who is asked to take over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import proving
from accounts.adapter import TOO_OFTEN
from accounts.handback import officers_only, signed_in
from agreements.commitments.models import Commitment
from agreements.continuity import successions, verbs
from agreements.continuity.forms import ASKS, LaterForm, ReviewForm, SuccessionForm
from agreements.continuity.models import TEXTS, Succession
from initiatives.sides import side_of
from townhall import submission
from townhall.posting import put_errors, put_on

PAGE = "agreements:{}-later"  # of either side
MOST = 20  # reviews, and questions to take over, on a page
FORMS = {  # act in the address -> (form, verb as it is called, what is said when it is done)
    "schrijf": (LaterForm, "write", lazy("Bewaard. De andere kant hoort het van ons.")),
    "terugblik": (ReviewForm, "review", lazy("Opgeschreven. De andere kant hoort het van ons.")),
    "opvolger": (SuccessionForm, "offer", lazy("Gevraagd. We laten je weten wat diegene zegt.")),
}


# The page -------------------------------------------------------------------------------------------------
def later(request, **place):
    """How the plan goes on: what is written down, what people looked back on, who follows whom up."""
    return draw(request, side_of(request.user, **place))


def draw(request, side, typed=None, *, problem="", status=200):
    """typed: (act, form) of what did not go well; it keeps what was written."""
    plan, user = side.plan, request.user
    stored = verbs.of_plan(plan)
    failed, form = typed or ("", None)
    forms = {name: form_of(name, side, user, stored) for name in FORMS} | ({failed: form} if failed else {})
    successors = list(plan.successions.visible_to(user).select_related("initiative", "leaves__user")[:MOST])
    told = {
        "plan": plan,
        "side": side,
        "acts": {name: side.address(f"{PAGE}-act", name) for name in (*FORMS, "intrekken", "stoppen")},
        "later": stored,
        "texts": [(ASKS[name][0], getattr(stored, name)) for name in TEXTS],
        "opened": {name: name == failed for name in FORMS}
        | ({"terugblik": True} if stored.is_overdue else {}),
        "forms": forms,
        "may_write": verbs.may("write", plan, user),
        "may_ask": bool(successions.carriers(plan, user)),
        "may_step_out": not side.is_officer and successions.may_step_out(plan, user),
        "reviews": plan.continuity_reviews.visible_to(user)[:MOST],
        "asked": [one for one in successors if one.is_open],
        "asked_before": [one for one in successors if not one.is_open],
        "problem": problem,
    }
    return render(request, "agreements/later.html", told, status=status)


def form_of(name, side, user, stored, data=None):
    """The form of an act; its fields carry the name of the act, as there are several on the page."""
    options = {"auto_id": f"{name}-%s", "initial": {"version": stored.version}}
    if name == "schrijf":
        options["initial"] |= {field: getattr(stored, field) for field in (*TEXTS, "review_on")}
    if name == "opvolger":
        theirs = successions.carriers(side.plan, user)
        options |= {"is_officer": side.is_officer, "carriers": [(one.pk, called(one)) for one in theirs]}
    return FORMS[name][0](data, **options)


def called(participant):
    """Who it is for an officer to choose: by role and day, names stand elsewhere and are logged."""
    since = date_format(timezone.localdate(participant.since), "j F Y")
    return _("%(role)s, sinds %(day)s") % {"role": participant.get_role_display(), "day": since}


# The acts -------------------------------------------------------------------------------------------------
def act(request, name, **place):
    """Write, look back, ask a successor, take that back, or step out."""
    side = side_of(request.user, **place)
    if name == "intrekken":
        return take_back(request, side)
    if name == "stoppen" and not side.is_officer:
        return step_out(request, side)
    if name not in FORMS:
        raise Http404
    _form, verb, done = FORMS[name]
    form = form_of(name, side, request.user, verbs.of_plan(side.plan), request.POST)
    if not form.is_valid():
        return draw(request, side, (name, form), status=400)
    try:
        is_done = DOES[verb](side.plan, request.user, dict(form.cleaned_data))
    except PermissionDenied as refused:
        form.add_error(None, str(refused))
        return draw(request, side, (name, form), status=403)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return draw(request, side, (name, form), status=400)
    except ValidationError as refused:
        return refuse(request, side, place, name, form, refused)
    messages.success(request, done if is_done else _("Er is niets veranderd."))
    return redirect(side.address(PAGE))


def refuse(request, side, place, name, form, refused):
    """The words at their field; where somebody was first what was typed lies on top of what is there now."""
    status = put_errors(form, refused)
    if status == 409:
        side = side_of(request.user, **place)
        if "version" in form.fields:
            put_on(form, verbs.of_plan(side.plan).version)
    return draw(request, side, (name, form), status=status)


def write(plan, by, told):
    """True when that changed something; looking back and asking always do."""
    if told["review_on"] is None and verbs.of_plan(plan).review_on is None:
        del told["review_on"]
    return verbs.write(plan, by=by, **told) is not None


def review(plan, by, told):
    token = told.pop("token")
    submission.once(token, "continuity-review", lambda: str(verbs.review(plan, by=by, **told).pk), by=by)
    return True


def offer(plan, by, told):
    token, number = told.pop("token"), told.pop("leaves", None)
    leaves = plan.participants.get(pk=number) if number else None
    submission.once(
        token, "succession", lambda: str(successions.offer(plan, by=by, leaves=leaves, **told).pk), by=by
    )
    return True


DOES = {"write": write, "review": review, "offer": offer}


def take_back(request, side):
    """The question to take over is taken back."""
    number = request.POST.get("kenmerk", "")
    found = Succession.objects.visible_to(request.user).filter(initiative=side.plan)
    succession = get_object_or_404(found, pk=number if number.isdecimal() and len(number) < 19 else 0)
    try:
        successions.withdraw(succession, by=request.user)
    except ValidationError as refused:
        return draw(request, side, problem=" ".join(refused.messages), status=409)
    messages.success(request, _("De vraag is ingetrokken. De link werkt niet meer."))
    return redirect(side.address(PAGE))


def step_out(request, side):
    """I stop, the others go on."""
    try:
        successions.step_out(side.plan, by=request.user)
    except ValidationError as refused:
        return draw(request, side, problem=" ".join(refused.messages), status=409)
    messages.success(request, _("Je bent gestopt met dit plan. Dank je wel voor alles wat je deed."))
    return redirect("overview:mine")


of_desk = never_cache(officers_only(require_safe(later)))
of_mine = never_cache(signed_in(require_safe(later)))
act_of_desk = never_cache(officers_only(require_POST(act)))
act_of_mine = never_cache(signed_in(require_POST(act)))


# Who is asked ---------------------------------------------------------------------------------------------
ANSWERS = {"ja": successions.accept, "nee": successions.decline}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def succession(request, token):
    """The plan, and the question to take it over; answering takes a code that goes to the address asked.

    There is no twin: the link is for one person's eyes.
    """
    found = Succession.objects.signed(token).select_related("leaves__user", "initiative__contact__department")
    asked = get_object_or_404(found.select_related("initiative__district"))
    user, problem, status = request.user, "", 200
    is_theirs = user.is_authenticated and user.email.lower() == asked.email.lower()
    if request.method == "POST" and not user.is_authenticated:
        if proving.may_ask(request, asked.email):
            person = proving.person_at(asked.email)
            return redirect(proving.ask_code(request, person, then=request.path, other=request.path))
        problem, status = TOO_OFTEN, 429
    elif request.method == "POST" and is_theirs:
        said = request.POST.get("antwoord")
        if said in ANSWERS:
            return answer(request, asked, said)
        problem, status = _("Kies ja of nee."), 400
    elif request.method == "POST":
        problem, status = _("Deze vraag is aan een ander e-mailadres gesteld."), 403
    return draw_asked(request, asked, is_theirs=is_theirs, problem=problem, status=status)


def answer(request, asked, said):
    """Yes or no of who was asked."""
    try:
        ANSWERS[said](asked, by=request.user)
    except ValidationError as refused:
        words = " ".join(refused.messages)
        return draw_asked(request, asked, is_theirs=True, problem=words, status=409)
    if said == "nee":
        messages.success(request, _("Goed. Dank je wel voor je antwoord. Er verandert niets."))
        return redirect("home")
    messages.success(request, _("Dank je wel! Je draagt dit plan nu. Je contactpersoon hoort het van ons."))
    return redirect("overview:plan", asked.initiative.public_id)


def draw_asked(request, asked, *, is_theirs, problem, status):
    plan = asked.initiative
    stored, releases = verbs.of_plan(plan), successions.releases(asked)
    is_shown = is_theirs or not asked.from_town  # what is not on the site, town hall shows nobody
    promises = asked.leaves.commitments.open() if asked.leaves and releases else Commitment.objects.none()
    told = {
        "succession": asked,
        "plan": plan,
        "is_theirs": is_theirs,
        "texts": [(ASKS[name][0], said) for name in TEXTS if is_shown and (said := getattr(stored, name))],
        "releases": releases,
        "promises": (promises if is_shown else promises.filter(is_public=True))[:MOST],
        "problem": problem,
    }
    return render(request, "agreements/succession.html", told, status=status)
