"""The officer's desk."""

from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("<slug:reference>/", views.plan, name="plan"),
]
