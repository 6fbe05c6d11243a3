"""My day: what waits for one officer, what must be done first on top, each with the one usual button."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.handback import officers_only, sent_from
from desk.day import department
from desk.day.kinds import KINDS, drawn
from desk.day.waiting import Waiting, officer
from goals import verbs as goals
from goals.models import Goal
from townhall.api_defaults import Pagination
from townhall.filters import number_in


def tabs(counts, chosen):
    """All kinds of which something waits, and the one that is shown."""
    here = reverse("desk:day")
    yield {"words": _("Alles"), "count": sum(counts.values()), "name": "alles", "url": here,
           "current": not chosen}  # fmt: skip
    for name, number in counts.items():
        if number or name == chosen:
            yield {
                "words": KINDS[name].tab,
                "count": number,
                "name": name,
                "url": f"{here}?{urlencode({'soort': name})}",
                "current": name == chosen,
            }


@never_cache
@officers_only
@require_safe
def day(request):
    """What waits for me, of all kinds or of one."""
    chosen = request.GET.get("soort", "")
    if chosen and chosen not in KINDS:
        raise Http404
    who = officer(request.user)
    counts = Waiting(who).counts
    pages = Paginator(Waiting(who, only=chosen), Pagination.page_size)
    pages.count = counts[chosen] if chosen else sum(counts.values())
    page = pages.get_page(number_in(request.GET.get("pagina", "1")) or 1)
    context = {
        "rows": [drawn(row, who.today) for row in page.object_list],
        "page_obj": page,
        "tabs": list(tabs(counts, chosen)),
        "chosen": KINDS[chosen] if chosen else None,
        "departments": department.numbers(request.user),
        "api_twin": reverse("api:mijn-dag") + (f"?{urlencode({'soort': chosen})}" if chosen else ""),
    }
    return render(request, "desk/day.html", context)


@never_cache
@officers_only
@sent_from("desk:day")
def still_good(request, key):
    """A goal is still right, says who owns it."""
    goal = get_object_or_404(Goal.objects.filter(owner__user=request.user), key=key)
    try:
        goals.step("verify", goal, by=request.user, version=number_in(request.POST.get("version", "")))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        words = _("Genoteerd: “%(goal)s” klopt nog. Over een half jaar vragen we het weer.")
        messages.success(request, words % {"goal": goal.heading})
    return redirect(way_back(request))


def way_back(request):
    """My day as it was shown: of one kind, where one was chosen."""
    chosen = request.POST.get("soort", "")
    return reverse("desk:day") + (f"?{urlencode({'soort': chosen})}" if chosen in KINDS else "")
