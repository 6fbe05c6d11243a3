"""The pages of people without an account: the list, somebody new, and one with what can be done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.handback import officers_only, sent_from
from contacts.models import Person
from desk.persons import forms, verbs
from desk.persons.filters import PersonFilter
from desk.relations import timeline
from desk.relations.places import places
from desk.relations.views import contact_form, not_kept
from desk.sheets import PERSONS
from townhall import submission
from townhall.pages import ListPage
from townhall.posting import is_conflict, put_errors

ACTS = {  # act in the address -> (verb, form, what the button says, icon, what is said when it is done)
    "brief": (
        verbs.inform, forms.VersionForm, lazy("Stuur de brief"), "mail", lazy("De brief is verstuurd."),
    ),
    "verteld": (verbs.told, forms.DayForm, lazy("Ik heb het verteld"), "check", lazy("Opgeschreven.")),
    "intrekken": (
        verbs.withdraw, forms.DayForm, lazy("De toestemming is ingetrokken"), "close",
        lazy("Opgeschreven. Gebruik de gegevens niet meer."),
    ),
    "veranderen": (verbs.change_person, forms.ChangeForm, lazy("Verander"), "pencil", lazy("Veranderd.")),
    "wissen": (verbs.forget, forms.VersionForm, lazy("Wis deze persoon"), "close", lazy("Gewist.")),
}  # fmt: skip


class PersonsPage(ListPage):
    """People town hall knows without an account."""

    template_name = "desk/persons.html"
    filterset_class = PersonFilter
    sheet = PERSONS
    resource = "personen"

    def records(self):
        found = verbs.with_last_contact(Person.objects.visible_to(self.request.user))
        return found.select_related("organisation").alphabetical()

    def get_context_data(self, **kwargs):
        return super().get_context_data(places=places("desk:persons"), **kwargs)


persons = never_cache(officers_only(PersonsPage.as_view()))


@never_cache
@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Somebody new, once however often it is sent."""
    if request.method != "POST":
        return render(request, "desk/person_new.html", {"form": forms.NewForm()})
    form = forms.NewForm(request.POST)
    if form.is_valid():
        try:
            made = submission.once(
                form.cleaned_data["token"],
                "person",
                lambda: verbs.note_person(by=request.user, **form.values()).key,
                by=request.user,
            )
        except submission.Refused as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, _("Opgeschreven. Vertel het deze persoon binnen een maand."))
            return redirect("desk:person", made.result)
    return render(request, "desk/person_new.html", {"form": form}, status=400)


def person_of(request, number):
    found = verbs.with_last_contact(Person.objects.visible_to(request.user))
    return get_object_or_404(found.select_related("organisation"), pk=number)


@never_cache
@officers_only
@require_safe
def one(request, number):
    """Somebody, without how to reach them: that is looked at with a reason."""
    return draw(request, person_of(request, number))


def draw(request, person, *, status=200, shown=False, typed=None, form=None, look=None):
    """shown: with how to reach them; typed: (act, form) of what did not go well; form, look: the same."""
    context = {
        "person": person,
        "shown": shown,
        "entries": timeline.of_person(person, request.user),
        "acts": list(acts_of(person, request.user, shown, typed)),
        "letter": "" if person.informed_on else verbs.letter(person),
        "form": form or contact_form(request, [person], persons=[person.pk]),
        "look": look or forms.LookForm(auto_id="inkijken-%s"),
        "api_twin": reverse("api:personen-detail", args=[person.pk]),
    }
    return render(request, "desk/person.html", context, status=status)


def allowed(person, user, shown):
    """The acts that can be done now."""
    if not person.informed_on and person.may_be_used:
        yield from ["brief", "verteld"] if person.email else ["verteld"]
    if person.consented_on and not person.withdrawn_on:
        yield "intrekken"
    if shown:
        yield "veranderen"
    if verbs.may_forget(person, user):
        yield "wissen"


def acts_of(person, user, shown, typed):
    """What this officer may do now: act, words, icon and form."""
    names = list(allowed(person, user, shown))
    if typed and typed[0] not in names:  # what was typed stays, also where it cannot be done any more
        names.append(typed[0])
    for name in names:
        _verb, kind, words, icon, _done = ACTS[name]
        mine = typed[1] if typed and typed[0] == name else None
        fresh = forms.initial_of(person) if name == "veranderen" else {"version": person.version}
        form = mine or kind(initial=fresh, auto_id=f"{name}-%s")
        yield {"name": name, "words": words, "icon": icon, "form": form, "open": mine is not None}


@never_cache
@officers_only
@sent_from("desk:person", "number")
def act(request, number, name):
    """Tell, withdraw, change or forget."""
    person = person_of(request, number)
    if name not in ACTS:
        raise Http404
    verb, kind, _words, _icon, done = ACTS[name]
    form = kind(request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        return draw(request, person, typed=(name, form), status=400)
    try:
        verb(person, by=request.user, **form.values())
    except PermissionDenied as refused:
        messages.error(request, str(refused))
        return draw(request, person_of(request, number), status=403)
    except ValidationError as refused:
        now = person_of(request, number)
        typed = (name, again(kind, form, name, now, refused))
        return draw(request, now, typed=typed, status=409 if is_conflict(refused) else 400)
    messages.success(request, done)
    return redirect("desk:persons") if name == "wissen" else redirect("desk:person", number)


def again(kind, form, name, person, refused):
    """The same form on top of what is there now, with why it did not work."""
    data = form.data.copy()
    data["version"] = person.version
    fresh = kind(data, auto_id=f"{name}-%s")
    fresh.is_valid()
    put_errors(fresh, refused)
    return fresh


@never_cache
@officers_only
@sent_from("desk:person", "number")
def look(request, number):
    """How to reach somebody: shown now, and noted that this officer looked."""
    person, form = person_of(request, number), forms.LookForm(request.POST, auto_id="inkijken-%s")
    if not form.is_valid():
        return draw(request, person, look=form, status=400)
    try:
        verbs.look(person, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        put_errors(form, refused)
        return draw(request, person, look=form, status=400)
    return draw(request, person, shown=True)


@never_cache
@officers_only
@sent_from("desk:person", "number")
def note(request, number):
    """A contact moment with somebody."""
    person = person_of(request, number)
    form = contact_form(request, [person], request.POST)
    if status := not_kept(request, form):
        return draw(request, person, form=form, status=status)
    return redirect("desk:person", number)
