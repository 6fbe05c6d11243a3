"""Where the news of plans is found: its pictures, the feed, and a page for each side."""

from django.urls import path
from django.views.decorators.http import require_safe

from initiatives.updates import feeds, views

app_name = "updates"
urlpatterns = [
    path("initiatieven/nieuws/feed/", require_safe(feeds.News()), name="feed"),
    path("initiatieven/<slug:reference>/nieuws/<int:key>/foto/", views.picture, name="picture"),
    path(
        "initiatieven/<slug:reference>/nieuws/<int:key>/foto/klein/",
        views.picture,
        {"small": True},
        name="picture-small",
    ),
    path("mijn/<uuid:public_id>/nieuws/", views.of_mine, name="own"),
    path("mijn/<uuid:public_id>/nieuws/<int:key>/<slug:slug>/", views.act_of_mine, name="own-act"),
    path("werkbank/<slug:reference>/nieuws/", views.of_desk, name="desk"),
    path("werkbank/<slug:reference>/nieuws/<int:key>/<slug:slug>/", views.act_of_desk, name="desk-act"),
]
