"""Where the manager's pages are; `noun` is a name in the table of nouns."""

from django.urls import path

from desk.coverage import views as coverage
from desk.handover import views as handover
from desk.intake import views as intake
from desk.manage import views

urlpatterns = [
    path("", views.front, name="manage"),
    path("dekking/", coverage.page, name="coverage"),
    path("berichten/", views.parked, name="manage-parked"),
    path("tweede-stap/", views.second_step, name="manage-second-step"),
    path("accounthouders/<str:key>/overdragen/", handover.begin, name="hand-over-new"),
    path("overdrachten/<int:number>/", handover.page, name="hand-over"),
    path("overdrachten/<int:number>/plannen/", handover.plans, name="hand-over-plans"),
    path("inlezen/", intake.index, name="intakes"),
    path("inlezen/<int:number>/", intake.page, name="intake"),
    path("inlezen/voorbeeld/<slug:kind>/", intake.example, name="intake-example"),
    path("<slug:noun>/", views.index, name="manage-list"),
    path("<slug:noun>/nieuw/", views.new, name="manage-new"),
    path("<slug:noun>/<str:key>/", views.edit, name="manage-edit"),
    path("<slug:noun>/<str:key>/<slug:name>/", views.act, name="manage-act"),
]
