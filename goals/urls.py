"""Where the pages of goals and notes are."""

from django.urls import path

from goals import views

app_name = "goals"
urlpatterns = [
    path("doelen/", views.GoalList.as_view(), name="list"),
    path("doelen/<slug:slug>/", views.GoalPage.as_view(), name="detail"),
    path("notas/", views.PolicyNoteList.as_view(), name="notes"),
    path("notas/<slug:slug>/", views.PolicyNotePage.as_view(), name="note"),
]
