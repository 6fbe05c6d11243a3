"""The pages of organisations as officers know them: the list, one with all that happened, a new moment."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.handback import officers_only, sent_from
from contacts.models import Organisation, Person
from desk.relations import timeline, verbs
from desk.relations.filters import RelationFilter
from desk.relations.forms import ContactForm
from desk.relations.places import places
from desk.relations.silence import SilentFilter
from desk.relations.silence import records as silent_plans
from desk.sheets import RELATIONS, SILENT
from initiatives.models import Interaction
from townhall import submission
from townhall.pages import ListPage
from townhall.posting import put_errors

MOST_STEPS, MOST_PEOPLE = 20, 50


def records(user):
    """All organisations, each with `.last_contact`: the day of the last contact moment, or None."""
    moments = Interaction.objects.filter(organisations=OuterRef("pk")).order_by("-on")
    found = Organisation.objects.visible_to(user).with_districts()
    return found.annotate(last_contact=Subquery(moments.values("on")[:1]))


class RelationsPage(ListPage):
    """Organisations, with when town hall last spoke to them; above them one's own next steps."""

    template_name = "desk/relations.html"
    filterset_class = RelationFilter
    sheet = RELATIONS
    resource = "relaties"

    def records(self):
        return records(self.request.user).alphabetical()

    def get_context_data(self, **kwargs):
        steps = Interaction.objects.to_do(self.request.user).prefetch_related("organisations", "persons")
        steps = steps.select_related("initiative")[:MOST_STEPS]
        return super().get_context_data(steps=steps, places=places("desk:relations"), **kwargs)


relations = never_cache(officers_only(RelationsPage.as_view()))


def organisation_of(request, key):
    """The organisation of this key as officers see it; one that was merged too, to be led on."""
    found = Organisation.objects.select_related("merged_into").with_districts()
    moments = Interaction.objects.filter(organisations=OuterRef("pk")).order_by("-on")
    return get_object_or_404(found.annotate(last_contact=Subquery(moments.values("on")[:1])), key=key)


@never_cache
@officers_only
@require_safe
def one(request, kenmerk):
    """One organisation and everything that happened; of a merged one: the one it is part of now."""
    found = organisation_of(request, kenmerk)
    if found.merged_into:
        return redirect("desk:relation", found.merged_into.key)
    return draw(request, found)


def people_of(organisation):
    """The people known at an organisation whose data may still be used."""
    found = Person.objects.filter(organisation=organisation).alphabetical()[: MOST_PEOPLE + 1]
    return [person for person in found if person.may_be_used][:MOST_PEOPLE]


def contact_form(request, people, data=None, **initial):
    """The form of a moment, in which these people can be chosen."""
    known = Person.objects.filter(pk__in=[person.pk for person in people]).alphabetical()
    return ContactForm(data, user=request.user, people=known, initial=initial)


def draw(request, organisation, *, form=None, status=200):
    people = people_of(organisation)
    context = {
        "organisation": organisation,
        "people": people,
        "speaks": organisation.representatives.count(),
        "entries": timeline.of(organisation, request.user),
        "form": form or contact_form(request, people, organisations=organisation.name),
        "api_twin": reverse("api:relaties-detail", args=[organisation.key]),
    }
    return render(request, "desk/relation.html", context, status=status)


@never_cache
@officers_only
@sent_from("desk:relation", "kenmerk")
def note(request, kenmerk):
    """A contact moment, written down once however often it is sent."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), key=kenmerk)
    form = contact_form(request, people_of(organisation), request.POST)
    if status := not_kept(request, form):
        return draw(request, organisation_of(request, kenmerk), form=form, status=status)
    return redirect("desk:relation", kenmerk)


def not_kept(request, form):
    """0 when the moment of the form was written down; else why not, as a status, with words in the form."""
    if not form.is_valid():
        return 400

    def make():
        return str(verbs.note_moment(by=request.user, **form.values()).pk)

    try:
        submission.once(form.cleaned_data["token"], "relation-moment", make, by=request.user)
    except submission.Refused as refused:
        form.add_error(None, str(refused))
        return 400
    except PermissionDenied as refused:
        form.add_error(None, str(refused))
        return 403
    except ValidationError as refused:
        return put_errors(form, refused)
    messages.success(request, _("Opgeschreven."))
    return 0


@never_cache
@officers_only
@sent_from("desk:relations")
def take_step(request, number):
    """One's next step is taken."""
    moment = get_object_or_404(Interaction.objects.filter(by=request.user), pk=number)
    try:
        verbs.take_step(moment, by=request.user)
        messages.success(request, _("Gedaan."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("desk:relations")


class SilentPage(ListPage):
    """Public plans with which nobody engages, so that an officer can do something."""

    template_name = "desk/silent.html"
    filterset_class = SilentFilter
    sheet = SILENT
    resource = "stille-initiatieven"

    def records(self):
        return silent_plans(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(places=places("desk:silent"), **kwargs)


silent = never_cache(officers_only(SilentPage.as_view()))
