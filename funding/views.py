"""Help and money: what is there for a plan."""

from funding.advice import HELP
from funding.filters import FinancingFormFilter
from funding.models import CONSIDERATIONS, FinancingForm
from funding.sheets import FORMS
from townhall.pages import ListPage, ThingPage


def comparison(forms):
    """Per consideration what each form answers: [(question, [(form, answer), …]), …]."""
    return [
        (question, [(form, form.considerations[code]) for form in forms if form.considerations.get(code)])
        for code, question in CONSIDERATIONS.items()
    ]


class FormsPage(ListPage):
    """Help without money first, then the ways to pay."""

    template_name = "funding/list.html"
    filterset_class = FinancingFormFilter
    resource = "financieringsvormen"
    sheet = FORMS

    def records(self):
        return FinancingForm.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"comparison": comparison(context["page_obj"].object_list), "help": HELP}


class FormPage(ThingPage):
    """A way to pay: what it is, what it asks and what is like it."""

    template_name = "funding/detail.html"
    context_object_name = "way"
    resource = "financieringsvormen"
    slug_field = "slug"
    slug_url_kwarg = "slug"

    def get_queryset(self):
        return FinancingForm.objects.visible_to(self.request.user).with_schemes()

    def get_context_data(self, **kwargs):
        return super().get_context_data(neighbours=self.neighbours(), **kwargs)

    def neighbours(self):
        """The form in which the municipality is a bit more involved, and the one in which a bit less."""
        forms = list(self.get_queryset())
        place = forms.index(self.object)
        return {"more": forms[place - 1] if place else None, "less": next(iter(forms[place + 1 :]), None)}
