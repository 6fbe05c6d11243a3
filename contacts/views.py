"""Who is who in town: the executive, the officials and the partners."""

from itertools import groupby

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from contacts.filters import AccountManagerFilter, OrganisationFilter
from contacts.models import (
    AccountManager,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    current_terms,
)
from contacts.sheets import MANAGERS, PARTNERS
from townhall.pages import ListPage, ThingPage

MOST_SHOWN = 12  # goals or plans on the page of who they belong to; the rest is behind a link or a number


def front_desk(user):
    """Where to begin when one does not know; None in a town that has yet to name it."""
    desks = AccountManager.objects.visible_to(user).filter(is_front_desk=True)
    return desks.select_related("department").first()


def executive(portfolios):
    """Who governs, the mayor first, each with the terms that run: [(holder, [term, …]), …]."""
    terms = [portfolio.term() for portfolio in portfolios if portfolio.term()]
    terms.sort(key=lambda term: (term.holder.title, term.holder.name, term.holder.key, term.portfolio.name))
    return [(holder, list(theirs)) for holder, theirs in groupby(terms, key=lambda term: term.holder)]


class PeoplePage(ListPage):
    """Who is about what, and with whom you can talk."""

    template_name = "contacts/people.html"
    filterset_class = AccountManagerFilter
    resource = "accounthouders"
    sheet = MANAGERS

    def records(self):
        return AccountManager.objects.visible_to(self.request.user).with_presence().alphabetical()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        portfolios = self.filterset.filters[
            "portefeuille"
        ].found  # the choices of the filter are all there are
        prefetch_related_objects(portfolios, current_terms())
        return context | {
            "executive": executive(portfolios),
            "vacant": [portfolio for portfolio in portfolios if not portfolio.holder],
            "chosen": next((one for one in portfolios if one.key == self.chosen()), None),
            "front_desk": front_desk(self.request.user),
        }

    def chosen(self):
        """The key of the portfolio that was asked for, if it is one."""
        return self.filterset.form.cleaned_data.get("portefeuille")


class ManagerPage(ThingPage):
    """An official one can talk to."""

    template_name = "contacts/manager.html"
    context_object_name = "manager"
    resource = "accounthouders"

    def get_queryset(self):
        managers = AccountManager.objects.visible_to(self.request.user).with_presence()
        return managers.prefetch_related(Prefetch("portfolios", Portfolio.objects.with_holder()))

    def get_context_data(self, **kwargs):
        goals = self.object.goals.visible_to(self.request.user).alphabetical()
        return super().get_context_data(
            card=self.object.contact_card | {"get_absolute_url": ""},  # it would lead to where one is
            goals=goals[:MOST_SHOWN],
            goals_left=max(0, goals.count() - MOST_SHOWN),
            front_desk=front_desk(self.request.user),
            districts=District.objects.visible_to(self.request.user),
            **kwargs,
        )


class HolderPage(ThingPage):
    """A member of the executive, now or before."""

    template_name = "contacts/holder.html"
    context_object_name = "holder"
    resource = "portefeuillehouders"

    def get_queryset(self):
        return PortfolioHolder.objects.visible_to(self.request.user).with_terms()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            card=self.card(),
            portfolios=[self.with_goals(term) for term in self.object.now],
            past=[term for term in self.object.terms.all() if term not in self.object.now],
            **kwargs,
        )

    def card(self):
        """How to reach them; who does not govern any more is only a name."""
        holder = self.object
        office = {"title": holder.title, "email": holder.email} if holder.is_in_office else {"title": ""}
        return holder.public_card | office | {"get_absolute_url": ""}

    def with_goals(self, term):
        """The term, the first goals of its portfolio, and how many there are."""
        portfolio = term.portfolio
        goals = portfolio.goals.visible_to(self.request.user).answered_for_by(portfolio.key).distinct()
        return {
            "term": term,
            "portfolio": portfolio,
            "goals": goals.alphabetical()[:MOST_SHOWN],
            "count": goals.count(),
        }


class PartnersPage(ListPage):
    """Organisations in town that may want to work along."""

    template_name = "contacts/partners.html"
    filterset_class = OrganisationFilter
    resource = "partners"
    sheet = PARTNERS

    def records(self):
        return Organisation.objects.visible_to(self.request.user).with_districts().alphabetical()


class PartnerPage(ThingPage):
    """An organisation: what it is for, what it offers, what it works along with."""

    template_name = "contacts/partner.html"
    context_object_name = "partner"
    resource = "partners"

    def get(self, request, kenmerk):
        try:
            return super().get(request, kenmerk=kenmerk)
        except Http404:
            merged = Organisation.objects.exclude(merged_into=None).select_related("merged_into")
            return redirect(get_object_or_404(merged, key=kenmerk).merged_into, permanent=True)

    def get_queryset(self):
        return Organisation.objects.visible_to(self.request.user).with_districts()

    def get_context_data(self, **kwargs):
        plans = self.plans()
        return super().get_context_data(
            plans=plans[:MOST_SHOWN],
            plans_left=max(0, plans.count() - MOST_SHOWN),
            company=self.company(plans),
            districts=District.objects.visible_to(self.request.user),
            **kwargs,
        )

    def company(self, plans):
        """Other organisations that work on the same public plans."""
        known = Organisation.objects.visible_to(self.request.user).exclude(pk=self.object.pk)
        theirs = plans.order_by().values("pk")
        working = Q(initiatives__in=theirs) | Q(initiative_links__initiative__in=theirs)
        return known.filter(pk__in=known.filter(working).values("pk")).alphabetical()[:MOST_SHOWN]

    def plans(self):
        """The public plans that are theirs or that they work along with, newest first."""
        plans = self.object.initiatives.model.objects.visible_to(self.request.user).public()
        theirs = Q(organisation=self.object) | Q(partner_links__organisation=self.object)
        return plans.filter(theirs).select_related("district").distinct()
