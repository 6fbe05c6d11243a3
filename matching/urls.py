"""The wegwijzer's address."""

from django.urls import path

from matching import views

urlpatterns = [path("", views.wegwijzer, name="wegwijzer")]
