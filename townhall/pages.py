"""What every page that shows things is built from: a list and a thing, each beside its twin in the API."""

from django.urls import reverse
from django.views.generic import DetailView, ListView

from townhall import sheets
from townhall.api_defaults import Pagination


class ListPage(ListView):
    """A list that its FilterSet narrows, 20 on a page.

    The view names its `filterset_class`, its `resource` in the API, its `sheet` (the list as a file), and
    gives its `records()`. The template finds `form`, `is_narrowed` (something was asked), `page_obj` and
    `api_twin`.
    """

    filterset_class = None
    resource = ""
    sheet = None
    paginate_by = Pagination.page_size
    page_kwarg = Pagination.page_query_param

    def get(self, request, *args, **kwargs):
        """The page; or the whole list as a file, unless a filter is wrong: the page says which."""
        if sheets.asked(request):
            found = self.get_queryset()
            if not self.filterset.form.errors:
                return sheets.answer(request, self.sheet, found)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        self.filterset = self.filterset_class(self.request.GET, self.records(), request=self.request)
        return self.filterset.qs

    def get_context_data(self, **kwargs):
        asked = self.request.GET.copy()
        for name in set(asked) - {*self.filterset.filters, self.page_kwarg}:
            del asked[name]  # the page is mild about what it does not know; the API is not
        return super().get_context_data(
            form=self.filterset.form,
            is_narrowed=any(asked.get(name) for name in self.filterset.filters),
            api_twin=reverse(f"api:{self.resource}-list") + (f"?{asked.urlencode()}" if asked else ""),
            **kwargs,
        )


class ThingPage(DetailView):
    """One thing by its key. The view names its `resource` and gives its `get_queryset()`."""

    resource = ""
    slug_field = "key"
    slug_url_kwarg = "kenmerk"

    def get_context_data(self, **kwargs):
        twin = reverse(f"api:{self.resource}-detail", kwargs={"kenmerk": self.object.key})
        return super().get_context_data(api_twin=twin, **kwargs)
