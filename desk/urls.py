"""The officer's desk and the manager's."""

from django.urls import include, path

from desk import actions, views
from desk.batch import views as batch
from desk.day import views as day
from desk.decisions import views as decisions
from desk.notes import views as notes
from desk.role import views as role

app_name = "desk"
werkbank = [
    path("", views.inbox, name="inbox"),
    path("filters/bewaren/", actions.save_filter, name="save-filter"),
    path("filters/<int:key>/weg/", actions.forget_filter, name="forget-filter"),
    path("mijn-dag/", day.day, name="day"),
    path("mijn-dag/doelen/<str:key>/klopt/", day.still_good, name="day-goal"),
    path("samen/", batch.new, name="batch-new"),
    path("samen/<int:number>/", batch.page, name="batch"),
    path("samen/<int:number>/terug/", batch.undo, name="batch-undo"),
    path("afwezig/", role.page, name="role"),
    path("afwezig/<int:key>/terug/", role.back, name="back"),
    path("<slug:reference>/", views.plan, name="plan"),
    path("<slug:reference>/verwerken/", actions.triage, name="triage"),
    path("<slug:reference>/terugdraaien/", actions.undo_triage, name="undo-triage"),
    path("<slug:reference>/toevoegen/<slug:kind>/", views.add, name="add"),
    path("<slug:reference>/oordeel/<slug:act>/", actions.judge, name="judge"),
    path("<slug:reference>/contact/", actions.assign, name="assign"),
    path("<slug:reference>/stap/<slug:verb>/", actions.step, name="step"),
    path("<slug:reference>/openbaar/", actions.release, name="release"),
    path("<slug:reference>/bericht/", actions.write, name="write"),
    path("<slug:reference>/contactmoment/", actions.record, name="record"),
    path("<slug:reference>/collegas/", actions.ask_colleague, name="ask-colleague"),
    path("<slug:reference>/collegas/<int:key>/klaar/", actions.colleague_done, name="colleague-done"),
    path("<slug:reference>/notities/", notes.notes, name="notes"),
    path("<slug:reference>/notities/<int:key>/gelezen/", notes.read, name="note-read"),
    path("<slug:reference>/inkijken/", actions.people, name="people"),
    path("<slug:reference>/besluiten/nieuw/", decisions.new, name="decision-new"),
    path("<slug:reference>/besluiten/<slug:key>/", decisions.one, name="decision"),
    path("<slug:reference>/besluiten/<slug:key>/<slug:name>/", decisions.act, name="decision-act"),
]
urlpatterns = [
    path("werkbank/", include(werkbank)),
    path("beheer/", include("desk.manage.urls")),
]
