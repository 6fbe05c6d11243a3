"""The wegwijzer: type a plan, see where it belongs."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from funding.found import untold
from matching import service
from matching.forms import WegwijzerForm
from townhall.limiter import seconds_to_wait
from townhall.posting import sent


@csrf_exempt  # it stores nothing and knows nobody; a lost cookie may not cost anybody their text
@require_http_methods(["GET", "HEAD", "POST"])
def wegwijzer(request):
    """The form and the answer. The text goes by POST, so it never stands in an address or a log."""
    form = WegwijzerForm(sent(request))
    answer, status = None, 200
    if form.is_bound and form.is_valid():
        if wait := seconds_to_wait(request, "wegwijzer"):
            form.add_error(
                None,
                _("Je vraagt veel achter elkaar. Probeer het over %(wait)s seconden weer.") % {"wait": wait},
            )
            status = 429
        else:
            answer = service.advise(form.question()).to_show()
    told = {"form": form, "answer": answer}
    if answer:
        typed = form.cleaned_data
        told["carried"] = carried(request.POST)
        told["offers"] = untold(answer.found, typed["behoeften"], typed["bedrag"])
    return render(request, "matching/wegwijzer.html", told, status=status)


def carried(typed):
    """What was typed, as (name, value), for the button that registers the plan."""
    names = ("titel", "omschrijving", "wijk", "behoeften", "bedrag")
    return [(name, value) for name in names for value in typed.getlist(name) if value]
