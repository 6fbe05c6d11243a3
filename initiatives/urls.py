"""Where the pages of initiatives are."""

from django.urls import path

from initiatives import views

app_name = "initiatives"
urlpatterns = [
    path("", views.InitiativeList.as_view(), name="list"),
    path("<str:kenmerk>/", views.InitiativePage.as_view(), name="detail"),
]
