"""The site map: pages end in a slash, the API does not."""

from django.urls import include, path

from initiatiefwijzer import views

handler400 = "initiatiefwijzer.views.bad_request"
handler403 = "initiatiefwijzer.views.forbidden"
handler404 = "initiatiefwijzer.views.not_found"
handler500 = "initiatiefwijzer.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("wegwijzer/", include("matching.urls")),
    path("", include("goals.urls")),
    path("", include("contacts.urls")),
    path("financiering/", include("funding.urls")),
    path("", include("initiatives.updates.urls")),
    path("initiatieven/", include("initiatives.urls")),
    path("", include("agreements.urls")),
    path("", include("overview.urls")),
    path("", include("desk.urls")),
    path("account/", include("accounts.urls")),
    path("over/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("thema.css", views.theme_css, name="theme"),
    path("portretten/<str:name>", views.photo, name="photo"),
    path("stijl/", views.style, name="style"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("gezond", views.health, name="health"),
    path("api/v1/", include("initiatiefwijzer.api")),
]
