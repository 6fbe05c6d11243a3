"""The manager's pages: what asks attention, and for every noun a list, a form and its actions.

They have no twins of their own in the API: what managers may change there, they change at the resources
themselves (goals/api.py, contacts/api.py), on the same verbs.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import signed_out
from accounts.verbs import reset_second_step_of
from desk.manage.changes import compared, told
from desk.manage.fields import AskForm
from desk.manage.nouns import NOUNS, tasks
from desk.manage.staff import LostByForm
from desk.manage.table import key_of, listed, place
from desk.sheets import MANAGED
from townhall import sheets, submission, verbs
from townhall.api_defaults import Pagination
from townhall.filters import number_in
from townhall.models import OutboxMessage
from townhall.posting import is_conflict, put_errors, put_on, sent

MOST_PARKED = 50


def managers_only(view):
    """The view for managers; for all others there is nothing at this address.

    Whoever was signed out while typing gets everything back, to send again after signing in.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if verbs.may_manage(request.user):
            return view(request, *args, **kwargs)
        if request.method == "POST" and not request.user.is_authenticated:
            return signed_out(request)
        raise Http404

    return never_cache(guarded)


def noun_of(slug):
    """The noun of this name; what is not in the table does not exist."""
    if slug not in NOUNS:
        raise Http404
    return NOUNS[slug]


def record_of(slug, key):
    """(noun, record) of this address."""
    noun = noun_of(slug)
    record = noun.of(key)
    if record is None:
        raise Http404
    return noun, record


# Looking --------------------------------------------------------------------------------------------------
@managers_only
@require_safe
def front(request):
    """What waits, and everything that is kept up to date."""
    nouns = [{"slug": slug, "noun": noun, "url": listed(slug)} for slug, noun in NOUNS.items()]
    return render(request, "desk/manage.html", {"tasks": tasks(), "nouns": nouns})


@managers_only
@require_safe
def index(request, noun):
    """Everything of one kind, what waits first."""
    slug, noun = noun, noun_of(noun)
    if not noun.is_list:
        return redirect(place(slug, noun.of("1")) if noun.of("1") else "desk:manage")
    form = AskForm(request.GET, noun=noun)
    form.is_valid()
    asked = form.cleaned_data
    found = noun.found(asked.get("zoek", ""), asked.get("toon", ""))
    if sheets.asked(request) and not form.errors:
        return sheets.answer(request, MANAGED[slug], found)
    pages = Paginator(found, Pagination.page_size)
    number = number_in(request.GET.get("pagina", "1"))
    if number not in pages.page_range:
        raise Http404
    page = pages.page(number)
    context = {
        "slug": slug,
        "noun": noun,
        "form": form,
        "tabs": tabs(slug, noun, asked),
        "page_obj": page,
        "columns": "|".join(str(title) for title in titles(noun)),
        "rows": [row(slug, noun, record) for record in page],
        "is_narrowed": any(asked.values()),
        "todo": None if any(asked.values()) else noun.todo(),
        "here": request.get_full_path(),
    }
    return render(request, "desk/manage_list.html", context)


def tabs(slug, noun, asked):
    """The shows of a list, as links; none where there is only one."""
    shows = {"": _("Alles")} | {name: words for name, (words, _narrow) in noun.shows.items()}
    here = asked.get("toon", "")
    links = [
        {"words": words, "url": listed(slug, name), "current": name == here} for name, words in shows.items()
    ]
    return links if noun.shows else []


def titles(noun):
    quick = [_("Doen")] if any(action.quick for action in noun.actions.values()) else []
    return [noun.first, *(title for title, _value in noun.columns), *quick]


def row(slug, noun, record):
    """One line of a list: its name and address, its cells, and what can be done with one click."""
    quick = {name: action for name, action in noun.actions.items() if action.quick}
    return {
        "record": record,
        "name": noun.name(record),
        "key": getattr(record, "key", ""),
        "url": place(slug, record),
        "cells": [value(record) for _title, value in noun.columns],
        "has_quick": bool(quick),
        "quick": [
            button(slug, name, action, record) | {"words": about(action, noun, record)}
            for name, action in quick.items()
            if action.may(record)
        ],
    }


def about(action, noun, record):
    """The words of a button that stands in every row: who can't see the row hears which one it is."""
    return format_html('{}<span class="iw-hidden">: {}</span>', action.words, noun.name(record))


def button(slug, name, action, record):
    """An action as it stands on a page."""
    return {"action": action, "url": reverse("desk:manage-act", args=[slug, key_of(record), name])}


# Making and changing --------------------------------------------------------------------------------------
@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, noun):
    """A new one: sent twice it is made once."""
    slug, noun = noun, noun_of(noun)
    if not noun.can_add:
        raise Http404
    form = noun.form(sent(request), initial=prefilled(noun, request.GET))
    if form.is_bound and form.is_valid():
        made = keep(request, slug, form, lambda: noun.create(by=request.user, **form.values()))
        if made:
            messages.success(request, _("Bewaard."))
            return redirect("desk:manage-edit", slug, made)
    return render(request, "desk/manage_new.html", {"slug": slug, "noun": noun, "form": form})


def prefilled(noun, asked):
    """What a link already chose: {field: record}."""
    found = {}
    for name, field in noun.prefill.items():
        chosen = noun.form.base_fields[field].queryset.filter(key=asked.get(name, "")).first()
        found |= {field: chosen} if chosen else {}
    return found


def keep(request, slug, form, make):
    """The key of what was made, now or by the first click; None, with the reason in the form, when not."""
    try:
        token = form.cleaned_data["token"]
        return submission.once(token, f"manage-{slug}", lambda: key_of(make()), by=request.user).result
    except ValidationError as refused:
        put_errors(form, refused)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
    return None


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, noun, key):
    """One thing: its form, what can be done with it, what belongs to it and what changed."""
    slug = noun
    noun, record = record_of(slug, key)
    form = noun.form(sent(request), instance=record)
    if not form.is_bound or form.is_halfway or not form.is_valid():
        return draw(request, slug, noun, form)
    if "token" in form.fields:  # a text of which the municipality had none of its own
        saved = keep(request, slug, form, lambda: noun.change(record, by=request.user, **form.values()))
        return done(request, slug, key) if saved else draw(request, slug, noun, form)
    try:
        noun.change(record, by=request.user, version=form.cleaned_data["version"], **form.values())
    except ValidationError as refused:
        put_errors(form, refused)
        return draw(request, slug, noun, form, clash=is_conflict(refused))
    return done(request, slug, key)


def done(request, slug, key):
    messages.success(request, _("Bewaard."))
    if NOUNS[slug].model is get_user_model() and key == str(request.user.pk):
        return redirect("home")  # another role of one's own: these pages may be there no more
    return redirect(way_back(request, slug, NOUNS[slug], key))


def draw(request, slug, noun, form, *, clash=False):
    """The page of one thing with the form as it is; in a clash with what somebody else made of it."""
    _noun, record = record_of(slug, key_of(form.instance))
    differences = compared(noun, record, form) if clash else []
    if clash:
        newest(form, record)
    context = {
        "slug": slug,
        "noun": noun,
        "record": record,
        "title": noun.title(record),
        "form": form,
        "clash": clash,
        "differences": differences,
        "actions": [
            button(slug, name, action, record) for name, action in noun.actions.items() if action.may(record)
        ],
        "beside": [block for block in noun.beside(record) if block.links],
        "changes": told(request.user, noun, record),
    }
    if noun.below:
        template, about = noun.below
        context |= {"below": template, **about(record, request.user)}
    return render(request, "desk/manage_edit.html", context, status=409 if clash else 200)


def newest(form, record):
    """What was typed, to be sent again on top of what is stored now; gone: 404."""
    if record is None:
        raise Http404
    put_on(form, record.version)


# Actions --------------------------------------------------------------------------------------------------
@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, noun, key, name):
    """Something that is done to one thing: asked for on a page of its own, or with one click."""
    slug = noun
    noun, record = record_of(slug, key)
    action = noun.actions.get(name)
    if action is None:
        raise Http404
    form = action.form(sent(request), record=record)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            action.do(record, by=request.user, version=form.cleaned_data["version"], **form.values())
        except ValidationError as refused:
            put_errors(form, refused)
            newest(form, noun.of(key))
            status = 409 if is_conflict(refused) else 200
        else:
            messages.success(request, action.done)
            return redirect(way_back(request, slug, noun, key))
    context = {"slug": slug, "noun": noun, "title": noun.title(record), "form": form, "action": action}
    context["back"] = place(slug, record)
    return render(request, "desk/manage_act.html", context, status=status)


def way_back(request, slug, noun, key):
    """The list the button stood in, or the thing itself; the list when the thing is gone."""
    back = request.POST.get("terug", "")
    if back.startswith(listed(slug)) and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("desk:manage-edit", args=[slug, key]) if noun.of(key) else listed(slug)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def parked(request):
    """Messages that could not be delivered: what kind, since when and why; never to whom or what."""
    if request.method == "POST":
        number = verbs.release_parked(by=request.user)
        messages.success(request, _("We proberen het opnieuw. Aantal berichten: %(n)s.") % {"n": number})
        return redirect("desk:manage-parked")
    found = OutboxMessage.objects.exclude(parked_at=None).defer("payload", "body")
    context = {"found": found.order_by("parked_at", "pk")[:MOST_PARKED], "number": found.count()}
    return render(request, "desk/manage_parked.html", context)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request):
    """A second step that somebody lost, by their address: for residents, who stand in no list.

    There is no twin: somebody must have looked the person in the eye, or called.
    """
    form = LostByForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            told = form.cleaned_data
            reset_second_step_of(told["address"], by=request.user, why=told["why"])
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, NOUNS["rollen"].actions["tweede-stap"].done)
            return redirect("desk:manage")
    return render(request, "desk/manage_second_step.html", {"form": form})
