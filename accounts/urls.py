"""Signing in and out, and the second factor; allauth's own names."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("inloggen/", views.request_login_code, name="account_login"),
    path("", include("allauth.urls")),
]
