"""Where the pages of initiatives are."""

from django.urls import path
from django.views.decorators.http import require_safe

from initiatives import views
from initiatives.feeds import NewInitiatives

app_name = "initiatives"
urlpatterns = [
    path("", views.InitiativeList.as_view(), name="list"),
    path("feed/", require_safe(NewInitiatives()), name="feed"),
    path("nieuw/", views.new, name="new"),
    path("concept/<uuid:public_id>/", views.concept, name="concept"),
    path("concept/<uuid:public_id>/ontvangen/", views.receipt, name="receipt"),
    path("<str:kenmerk>/", views.InitiativePage.as_view(), name="detail"),
]
