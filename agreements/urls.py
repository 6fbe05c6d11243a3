"""Where agreements are found: `/toezeggingen/`, and what is done about them from the page of a plan."""

from django.urls import path
from django.views.decorators.http import require_safe

from agreements.commitments import feeds, views

app_name = "agreements"
urlpatterns = [
    path("toezeggingen/", views.CommitmentList.as_view(), name="commitments"),
    path("toezeggingen/feed/", require_safe(feeds.Promises()), name="commitments-feed"),
    path("toezeggingen/nieuw/<slug:reference>/", views.promise, name="promise"),
    path("toezeggingen/<slug:kenmerk>/<slug:act>/", views.act, name="act"),
]
