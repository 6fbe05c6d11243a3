"""The officer's desk and the manager's."""

from django.urls import include, path

from desk import views

app_name = "desk"
werkbank = [
    path("<slug:reference>/", views.plan, name="plan"),
]
urlpatterns = [
    path("werkbank/", include(werkbank)),
]
