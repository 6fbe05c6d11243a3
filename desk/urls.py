"""The officer's desk and the manager's."""

from django.urls import include, path

from desk import actions, views
from desk.decisions import views as decisions
from desk.persons import views as persons
from desk.relations import doubles, picture
from desk.relations import views as relations
from desk.role import views as role

app_name = "desk"
werkbank = [
    path("", views.inbox, name="inbox"),
    path("filters/bewaren/", actions.save_filter, name="save-filter"),
    path("filters/<int:key>/weg/", actions.forget_filter, name="forget-filter"),
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
    path("<slug:reference>/inkijken/", actions.people, name="people"),
    path("<slug:reference>/besluiten/nieuw/", decisions.new, name="decision-new"),
    path("<slug:reference>/besluiten/<slug:key>/", decisions.one, name="decision"),
    path("<slug:reference>/besluiten/<slug:key>/<slug:name>/", decisions.act, name="decision-act"),
]
urlpatterns = [
    path("werkbank/", include(werkbank)),
    path("beheer/", include("desk.manage.urls")),
]
