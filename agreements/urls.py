"""Where agreements are found: `/toezeggingen/`, and what is done about them from the page of a plan."""

from django.urls import path

from agreements.onlookers import views as onlookers

app_name = "agreements"
urlpatterns = [
    path("meekijken/<str:token>/", onlookers.look_along, name="look-along"),
    path("mijn/<uuid:public_id>/meekijken/", onlookers.ask, name="ask-onlooker"),
    path("mijn/<uuid:public_id>/meekijken/<int:key>/weg/", onlookers.revoke, name="revoke-onlooker"),
]
