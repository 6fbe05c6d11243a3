"""The pages of a hand-over: begin, look it over, choose otherwise, let it go, see how far it is.

For managers, and for who leads the department of the one who leaves; for all others there is nothing here.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only
from contacts.models import AccountManager
from desk.handover import verbs
from desk.handover.forms import NOBODY, AskForm, ChooseForm, LetterForm
from desk.handover.models import HandOver, HandOverCase
from desk.page import manager_choices, managers
from townhall.api_defaults import Pagination
from townhall.filters import number_in
from townhall.posting import is_conflict, put_errors, sent

State, Rule = HandOver.State, HandOverCase.Rule
READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


def hand_over_of(request, number):
    """A hand-over this person may see; for others it does not exist."""
    found = HandOver.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("manager__department__lead", "by"), pk=number)


@never_cache
@officers_only
@READ_AND_SEND
def begin(request, key):
    """Somebody leaves: what will happen, and the button that makes the proposals."""
    people = AccountManager.objects.select_related("department__lead")
    manager = get_object_or_404(people, key=key)
    if not verbs.may_hand_over(request.user, manager):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            return redirect(verbs.prepare(manager, by=request.user))
        except ValidationError as refused:
            problem = " ".join(refused.messages)
    context = {
        "manager": manager,
        "number": verbs.open_plans(manager).count(),
        "unfinished": HandOver.objects.unfinished().filter(manager=manager).first(),
        "problem": problem,
    }
    return render(request, "desk/hand_over_new.html", context)


def groups_of(hand_over, cases):
    """Who gets how many of these cases, most first: [{key, words, number, rules, url, manager}, …]."""
    known, found = {one.pk: one for one in managers()}, {}
    here = reverse("desk:hand-over-plans", args=[hand_over.pk])
    for row in cases.order_by().by_proposal():
        manager = known.get(row["contact"])
        key = manager.key if manager else NOBODY
        group = found.setdefault(
            key,
            {
                "key": key,
                "words": str(manager or _("Nog niemand")),
                "number": 0,
                "rules": [],
                "manager": manager,
            },
        )
        group["number"] += row["number"]
        group["rules"].append(Rule(row["rule"]).label)
        group["url"] = f"{here}?naar={key}"
    return list(found.values())


@never_cache
@officers_only
@READ_AND_SEND
def page(request, number):
    """One hand-over: look it over while it is ready, see how far it is once it runs."""
    hand_over = hand_over_of(request, number)
    form = LetterForm(sent(request), initial=as_stored(hand_over))
    status = 200
    if request.method == "POST":
        try:
            words = act(request, hand_over, form)
            if words:
                messages.success(request, words)
                return redirect(hand_over)
        except ValidationError as refused:
            form, status = come_back(hand_over, form, refused)
    return render(request, "desk/hand_over.html", told(request, hand_over, form), status=status)


def as_stored(hand_over):
    return {"version": hand_over.version, "sentence": hand_over.sentence}


def act(request, hand_over, form):
    """What the button that was pressed says; what to say of it, or nothing when the form is not good."""
    act, by = request.POST.get("doe", ""), request.user
    if act == "stop":
        was_running = hand_over.state == State.RUNNING
        verbs.cancel(hand_over, by=by, version=number_in(request.POST.get("version", "")))
        if was_running:
            return _("De overdracht is gestopt. Wat al over was, blijft zo.")
        return _("Dit gaat niet door. Niemand kreeg bericht.")
    if not form.is_valid():
        return ""
    verbs.reword(hand_over, by=by, **form.cleaned_data)
    if act == "begin":
        verbs.start(hand_over, by=by, version=hand_over.version)
        return _("De plannen gaan nu over. Je kunt deze pagina sluiten: het gaat vanzelf door.")
    return _("De zin is bewaard. Hieronder zie je de brief.")


def come_back(hand_over, form, refused):
    """(form, status) after a refusal: what was typed stays, on top of what is stored now."""
    hand_over.refresh_from_db()
    data = form.data.copy()
    data["version"] = hand_over.version
    again = LetterForm(data)
    again.is_valid()
    put_errors(again, refused)
    return again, 409 if is_conflict(refused) else 200


def told(request, hand_over, form):
    """What the page shows."""
    counts = hand_over.counts
    ready = hand_over.state == State.READY
    shown = hand_over.cases.waiting() if ready else hand_over.cases.filter(state=HandOverCase.State.DONE)
    passed = hand_over.cases.passed().select_related("initiative").order_by("pk")
    ended = hand_over.state not in HandOver.UNFINISHED
    left = verbs.open_plans(hand_over.manager).count() if ended else 0
    groups = groups_of(hand_over, shown)
    to_desk = any(group["manager"] and group["manager"].is_front_desk for group in groups)
    return {
        "hand_over": hand_over,
        "manager": hand_over.manager,
        "form": form,
        "counts": counts,
        "finished": counts["all"] - counts["waiting"],
        "is_ready": ready,
        "is_running": hand_over.state == State.RUNNING,
        "groups": groups,
        "desk_sentence": verbs.front_desk_sentence() if to_desk else "",
        "letter": verbs.preview(hand_over) if ready else None,
        "page_obj": Paginator(passed, Pagination.page_size).get_page(request.GET.get("pagina")),
        "left": left,
    }


@never_cache
@officers_only
@READ_AND_SEND
def plans(request, number):
    """The plans that wait, of all or of one proposal, and another colleague for some or all of them."""
    hand_over = hand_over_of(request, number)
    if hand_over.state != State.READY:
        return redirect(hand_over)
    waiting = hand_over.cases.waiting()
    ask = AskForm(request.GET, groups=groups_of(hand_over, waiting))
    wanted = ask.cleaned_data["naar"] if ask.is_valid() else ""
    if wanted:
        waiting = waiting.filter(contact=None) if wanted == NOBODY else waiting.filter(contact__key=wanted)
    cases = waiting.select_related("initiative__district", "contact").order_by("pk")
    page_obj = Paginator(cases, Pagination.page_size).get_page(request.GET.get("pagina"))
    choices = [one for one in manager_choices(managers()) if one[0] != hand_over.manager.key]
    form = ChooseForm(sent(request), managers=choices)
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, chosen(request, hand_over, form, waiting))
            return redirect(hand_over)
        except ValidationError as refused:
            for words in refused.messages:
                form.add_error(None, words)
    context = {"hand_over": hand_over, "manager": hand_over.manager, "page_obj": page_obj, "form": form}
    context |= {"wanted": dict(ask.fields["naar"].choices).get(wanted) if wanted else ""}
    context |= {"number": page_obj.paginator.count, "here": request.get_full_path()}
    return render(request, "desk/hand_over_plans.html", context)


def chosen(request, hand_over, form, waiting):
    """Gives the plans that were meant to the colleague that was chosen; what to say of it."""
    contact = AccountManager.objects.get(key=form.cleaned_data["contact"])
    everything = form.cleaned_data["everything"]
    cases = waiting.values("pk") if everything else form.ticked()
    number, own = verbs.choose(hand_over, by=request.user, contact=contact, cases=cases)
    words = ngettext("%(n)s plan gaat naar: %(who)s.", "%(n)s plannen gaan naar: %(who)s.", number) % {
        "n": number,
        "who": contact.function,
    }
    return (
        words
        if not own
        else f"{words} {_('Een eigen plan kan niemand begeleiden: dat bleef zoals het was.')}"
    )
