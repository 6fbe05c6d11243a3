"""The officer's desk and the manager's."""

from django.urls import include, path

from desk import actions, views
from desk.decisions import views as decisions
from desk.doubles import views as doubles
from desk.referrals import views as referrals
from desk.role import views as role
from desk.routes import views as routes

app_name = "desk"
werkbank = [
    path("", views.inbox, name="inbox"),
    path("filters/bewaren/", actions.save_filter, name="save-filter"),
    path("filters/<int:key>/weg/", actions.forget_filter, name="forget-filter"),
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
    path("<slug:reference>/collegas/<int:key>/afzeggen/", actions.cancel_colleague, name="cancel-colleague"),
    path("<slug:reference>/inkijken/", actions.people, name="people"),
    path("<slug:reference>/dubbel/", doubles.doubles, name="doubles"),
    path("<slug:reference>/dubbel/<int:key>/terug/", doubles.withdraw, name="double-withdraw"),
    path("<slug:reference>/dubbel/<slug:other>/", doubles.propose, name="double-merge"),
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
