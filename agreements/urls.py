"""Where agreements are found: `/toezeggingen/`, and what is done about them from the page of a plan."""

from django.urls import path

from agreements.requirements import views as requirements

app_name = "agreements"
urlpatterns = [
    path("eisen/", requirements.LibraryPage.as_view(), name="library"),
    path("eisen/<slug:slug>/", requirements.StandardRequirementPage.as_view(), name="standard-requirement"),
    path("werkbank/<slug:reference>/eisen/", requirements.choose, name="requirement-choose"),
    path("werkbank/<slug:reference>/eisen/nieuw/", requirements.new, name="requirement-new"),
    path("werkbank/<slug:reference>/eisen/<slug:key>/<slug:name>/", requirements.act, name="requirement-act"),
    path("mijn/<uuid:public_id>/eisen/<slug:key>/vraag/", requirements.ask, name="requirement-ask"),
]
