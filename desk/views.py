"""The pages of the desk: what waits, one plan, and what can be added to it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.handback import officers_only
from contacts.models import Organisation
from desk import queues
from desk.batch.forms import ACTS
from desk.filters import DeskFilter
from desk.forms import SaveFilterForm
from desk.page import context
from desk.sheets import INBOX
from desk.suggestions import GROUPS, TARGETS, Item, key_of
from funding.models import FinancingForm
from goals.models import Goal
from initiatives import notices, verbs
from initiatives.models import Initiative
from townhall.filters import MOST_SEARCHED, SearchForm
from townhall.pages import ListPage


class Inbox(ListPage):
    """What waits, most urgent first; the filters stand in the address."""

    filterset_class = DeskFilter
    resource = "werkvoorraad"
    sheet = INBOX
    template_name = "desk/inbox.html"

    def records(self):
        return queues.with_work(queues.in_order(queues.plans(self.request.user)))

    def get_context_data(self, **kwargs):
        user, asked = self.request.user, self.request.GET.copy()
        asked.pop("pagina", None)
        context = super().get_context_data(
            tabs=tabs(user, asked),
            saved=user.saved_filters.all(),
            save=SaveFilterForm(initial={"query": asked.urlencode()}),
            acts=[(name, words) for name, (_act, words, _told) in ACTS.items()],
            **kwargs,
        )
        return context | self.kwargs.get("typed", {})


def tabs(user, asked):
    """The lists of the desk: words, number, address, and which one is shown; the other filters stay."""
    numbers, chosen = queues.counts(user), asked.get("lijst", "")
    for name, (words, _test) in queues.LISTS.items():
        if name == queues.FOR_LEADS and not queues.leads(user):
            continue
        query = asked.copy()
        query.pop("lijst", None)
        query = QueryDict(f"lijst={name}&{query.urlencode()}".rstrip("&"))
        yield {
            "words": words,
            "count": numbers.get(name, ""),
            "url": f"{reverse('desk:inbox')}?{query.urlencode()}" if name else reverse("desk:inbox"),
            "current": name == chosen,
        }


inbox = never_cache(officers_only(Inbox.as_view()))


def plan_of(request, reference):
    """A plan that was sent, with its contact; for who is no officer this is never asked."""
    plans = Initiative.objects.visible_to(request.user).registered().with_initiators()
    plans = plans.select_related(
        "district", "organisation", "contact__department", "contact__deputy", "assessment"
    )
    return get_object_or_404(plans, reference=reference)


def plan_to_handle(request, reference):
    """The same for who may handle it; nobody handles their own."""
    plan = plan_of(request, reference)
    if not verbs.officer(request.user, plan):
        raise PermissionDenied(_("Niemand behandelt een eigen plan."))
    return plan


def draw(request, plan, *, status=200, **typed):
    """The page of a plan; an officer's own plan is shown as everybody else's initiator sees it."""
    if verbs.initiator(request.user, plan):
        plans = Initiative.objects.visible_to(request.user).with_goals(request.user).with_parties()
        own = {"plan": plan, "initiative": plans.get(pk=plan.pk)}
        return render(request, "desk/own.html", own, status=status)
    notices.seen(request.user, plan)
    return render(request, "desk/plan.html", context(request, plan, **typed), status=status)


@never_cache
@officers_only
@require_safe
def plan(request, reference):
    """One plan: the plan on the left, what can be done with it on the right."""
    return draw(request, plan_of(request, reference))


SEARCHED = {  # name in the address -> what can be added, as a set to search in
    "doel": lambda user: Goal.objects.visible_to(user).running(),
    "partner": lambda user: Organisation.objects.visible_to(user).order_by("name", "key"),
    "plan": lambda user: queues.plans(user).order_by("-submitted_at", "-pk"),
    "manier": lambda user: FinancingForm.objects.visible_to(user),
}


@never_cache
@officers_only
@require_safe
def add(request, reference, kind):
    """Search for a goal, a partner, a plan or a way to pay that the matcher did not think of."""
    found = plan_of(request, reference)
    if kind not in SEARCHED:
        raise Http404
    if verbs.initiator(request.user, found):
        return draw(request, found, status=403)
    form = SearchForm(request.GET)
    things = SEARCHED[kind](request.user)
    if kind == "plan":
        things = things.exclude(pk=found.pk)
    form.looks = (things.search,)
    things = things.search(request.GET.get("zoek", "").strip()[:MOST_SEARCHED])
    page = Paginator(things, Inbox.paginate_by).get_page(request.GET.get("pagina"))
    title, _icon, slug, _none = GROUPS[TARGETS[kind]]
    items = [
        Item(TARGETS[kind], slug, key_of(one), str(one), one.get_absolute_url()) for one in page.object_list
    ]
    told = {"plan": found, "title": title, "form": form, "page_obj": page, "items": items}
    return render(request, "desk/add.html", told)
