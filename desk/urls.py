"""The officer's desk and the manager's."""

from django.urls import include, path

from desk import actions, views
from desk.batch import views as batch
from desk.day import views as day
from desk.decisions import views as decisions
from desk.dossier import views as dossier
from desk.doubles import views as plan_doubles
from desk.letters import views as letters
from desk.notes import views as notes
from desk.persons import views as persons
from desk.referrals import views as referrals
from desk.relations import doubles, picture
from desk.relations import views as relations
from desk.role import views as role
from desk.routes import views as routes

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
    # Organisations and people: before the plans, whose addresses are a reference
    path("relaties/", relations.relations, name="relations"),
    path("relaties/personen/", persons.persons, name="persons"),
    path("relaties/personen/nieuw/", persons.new, name="person-new"),
    path("relaties/personen/<int:number>/", persons.one, name="person"),
    path("relaties/personen/<int:number>/inkijken/", persons.look, name="person-look"),
    path("relaties/personen/<int:number>/contactmoment/", persons.note, name="person-moment"),
    path("relaties/personen/<int:number>/<slug:name>/", persons.act, name="person-act"),
    path("relaties/stil/", relations.silent, name="silent"),
    path("relaties/netwerk/", picture.picture, name="network"),
    path("relaties/dubbel/", doubles.proposals, name="doubles"),
    path("relaties/dubbel/<str:kenmerk>/<str:other>/", doubles.compare, name="double"),
    path("relaties/dubbel/<str:kenmerk>/<str:other>/twee/", doubles.apart, name="apart"),
    path("relaties/stap/<int:number>/", relations.take_step, name="take-step"),
    path("relaties/<str:kenmerk>/", relations.one, name="relation"),
    path("relaties/<str:kenmerk>/contactmoment/", relations.note, name="relation-moment"),
    path("brieven/nieuw/<slug:kind>/", letters.new, name="letter-new"),
    path("brieven/<int:number>/", letters.page, name="letter"),
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
    path("<slug:reference>/geschiedenis/", dossier.history, name="history"),
    path("<slug:reference>/dossier/", dossier.dossier, name="dossier"),
    path("<slug:reference>/collegas/<int:key>/afzeggen/", actions.cancel_colleague, name="cancel-colleague"),
    path("<slug:reference>/dubbel/", plan_doubles.doubles, name="plan-doubles"),
    path("<slug:reference>/dubbel/<int:key>/terug/", plan_doubles.withdraw, name="double-withdraw"),
    path("<slug:reference>/dubbel/<slug:other>/", plan_doubles.propose, name="double-merge"),
    path("<slug:reference>/doorverwijzen/", referrals.refer, name="refer"),
    path("<slug:reference>/soort/", routes.kind, name="kind"),
    path("<slug:reference>/besluiten/nieuw/", decisions.new, name="decision-new"),
    path("<slug:reference>/besluiten/<slug:key>/", decisions.one, name="decision"),
    path("<slug:reference>/besluiten/<slug:key>/<slug:name>/", decisions.act, name="decision-act"),
]
urlpatterns = [
    path("werkbank/", include(werkbank)),
    path("beheer/", include("desk.manage.urls")),
]
