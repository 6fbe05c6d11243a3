"""Bare pages over the same tables: what Django does at the least for a list, a search, a thing and JSON."""

from django.http import JsonResponse
from django.urls import path
from django.views.generic import DetailView, ListView

from initiatives.models import Initiative

FIELDS = ["reference", "title", "summary", "state", "submitted_at"]


class BareList(ListView):
    """Twenty rows, counted and paged as Django does it; with ?zoek= those that hold the words."""

    paginate_by = 20
    page_kwarg = "pagina"
    template_name = "bare list"

    def get_queryset(self):
        return Initiative.objects.public().search(self.request.GET.get("zoek", ""))


class BareThing(DetailView):
    """One row."""

    slug_field = slug_url_kwarg = "reference"
    template_name = "bare thing"
    queryset = Initiative.objects.all()


class BareJson(BareList):
    """The same rows as JSON, without a framework."""

    def render_to_response(self, context):
        rows = [{name: getattr(plan, name) for name in FIELDS} for plan in context["object_list"]]
        return JsonResponse({"aantal": context["paginator"].count, "resultaten": rows})


urlpatterns = [
    path("lijst", BareList.as_view()),
    path("json", BareJson.as_view()),
    path("een/<str:reference>", BareThing.as_view()),
]
