"""The public pages of initiatives."""

from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from townhall.pages import ListPage, ThingPage


class InitiativeList(ListPage):
    """What residents do, newest first."""

    filterset_class = InitiativeFilter
    resource = "initiatieven"
    template_name = "initiatives/list.html"

    def records(self):
        user = self.request.user
        return Initiative.objects.visible_to(user).registered().with_goals(user)


class InitiativePage(ThingPage):
    """One initiative: its story, where it stands and who to talk to."""

    resource = "initiatieven"
    slug_field = "reference"
    template_name = "initiatives/detail.html"

    def get_queryset(self):
        user = self.request.user
        return Initiative.objects.visible_to(user).registered().with_goals(user).with_parties()
