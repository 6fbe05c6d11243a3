"""Bare pages over the same tables: what Django does at the least for a list, a search, a thing and JSON."""

from django.urls import path
from django.views.generic import DetailView, ListView
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.serializers import ModelSerializer

from initiatives.models import Initiative


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


class BareSerializer(ModelSerializer):
    class Meta:
        model = Initiative
        fields = ["reference", "title", "summary", "state", "submitted_at"]


class BarePages(PageNumberPagination):
    page_size = 20
    page_query_param = "pagina"


class BareJson(ListAPIView):
    """The same rows as JSON, by REST framework as it comes."""

    authentication_classes = permission_classes = filter_backends = []
    serializer_class = BareSerializer
    pagination_class = BarePages

    def get_queryset(self):
        return Initiative.objects.public().search(self.request.GET.get("zoek", ""))


urlpatterns = [
    path("lijst", BareList.as_view()),
    path("json", BareJson.as_view()),
    path("een/<str:reference>", BareThing.as_view()),
]
