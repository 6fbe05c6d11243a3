"""The map of the API: the resources of every app, the wegwijzer, and the description of them all."""

import re

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from agreements.api import FOR_CLERKS
from agreements.api import ON_PLANS as AGREED
from agreements.api import RESOURCES as AGREEMENTS
from contacts.api import RESOURCES as CONTACTS
from desk.api import ON_PLANS
from desk.api import OWN as FILTERS
from desk.api import RESOURCES as ON_DESK
from desk.batch.api import ON_RECORDS as ON_BATCHES
from desk.batch.api import RESOURCES as BATCHES
from desk.coverage.api import SINGLE as COVERED
from desk.day.api import ON_RECORDS as ON_DAYS
from desk.day.api import SINGLE as DAYS
from desk.dossier.api import ON_PLANS as RECORDS
from desk.doubles.api import ON_PLANS as DOUBLES
from desk.handover.api import ON_RECORDS as ON_HAND_OVERS
from desk.handover.api import RESOURCES as HAND_OVERS
from desk.manage.actions.api import ON_RECORDS, SINGLE
from desk.manage.api import RESOURCES as FOR_MANAGERS
from desk.notes.api import ON_PLANS as NOTED
from desk.persons.api import ON_RECORDS as ON_PERSONS
from desk.relations.api import ON_RECORDS as ON_RELATIONS
from desk.relations.api import SINGLE as ALL_RELATIONS
from desk.role.api import ON_RECORDS as ON_OWN_ABSENCES
from desk.role.api import RESOURCES as OWN_ABSENCES
from desk.routes.api import ON_PLANS as ON_ROUTES
from desk.talk.api import ON_PLANS as ON_PEOPLE
from funding.api import RESOURCES as FUNDING
from goals.api import RESOURCES as GOALS
from initiatiefwijzer.schema import description
from initiatives.api import OWN
from initiatives.api import RESOURCES as INITIATIVES
from initiatives.updates.api import ON_PLANS as NEWS
from matching.api import Wegwijzer
from overview.api import DealingsView, EqualTreatmentView, Everything, Statistics
from townhall.api_defaults import problem_response

# path below /api/v1/ -> viewset; also the name of its routes
RESOURCES = CONTACTS | GOALS | FUNDING | INITIATIVES | AGREEMENTS
FOR_OFFICERS = ON_DESK | FOR_CLERKS  # the same; others find nothing there


class Description(APIView):
    """The OpenAPI description, for every site in the world: it holds nothing private."""

    authentication_classes = ()
    http_method_names = ("get", "head")
    schema = None

    def get(self, request):
        headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(description(), headers=headers)

    head = get


@csrf_exempt
def nothing_here(request):
    """An address that isn't there, also one with a slash too many; with DEBUG on Django would send a page."""
    return problem_response(request, 404)


def named(place):
    """The name of a route below a plan: eisen/<str:eis>/vragen is called eisen-eis-vragen."""
    return re.sub(r"<\w+:(\w+)>", r"\1", place).replace("/", "-")


router = SimpleRouter(trailing_slash=False)
for name, viewset in (
    RESOURCES | OWN | FILTERS | FOR_OFFICERS | FOR_MANAGERS | HAND_OVERS | OWN_ABSENCES | BATCHES
).items():
    router.register(name, viewset, basename=name)

app_name = "api"
urlpatterns = [
    path("openapi.json", Description.as_view(), name="openapi"),
    path("statistieken", Statistics.as_view(), name="statistieken"),
    path("statistieken/omgang", DealingsView.as_view(), name="omgang"),
    path("statistieken/gelijke-behandeling", EqualTreatmentView.as_view(), name="gelijke-behandeling"),
    path("wegwijzer", Wegwijzer.as_view(), name="wegwijzer"),
    path("zoeken", Everything.as_view(), name="zoeken"),
    *[
        path(f"initiatieven/<str:kenmerk>/{name}", view.as_view(), name=f"initiatieven-{named(name)}")
        for name, view in (
            ON_PLANS | NEWS | ON_PEOPLE | NOTED | DOUBLES | ON_ROUTES | AGREED | RECORDS
        ).items()
    ],
    *[
        path(f"{resource}/<str:kenmerk>/{name}", view, name=f"{resource}-{name}")
        for (resource, name), view in (
            ON_RECORDS | ON_HAND_OVERS | ON_OWN_ABSENCES | ON_DAYS | ON_BATCHES | ON_RELATIONS | ON_PERSONS
        ).items()
    ],
    *[path(place, view, name=place.partition("/")[0]) for place, view in (SINGLE | ALL_RELATIONS).items()],
    *[path(place, view.as_view(), name=place.replace("/", "-")) for place, view in (DAYS | COVERED).items()],
    *router.urls,
    re_path(r"", nothing_here, name="nothing"),
]
