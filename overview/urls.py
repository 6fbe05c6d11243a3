"""What shows everything: the search, one's own plans, and the council's page."""

from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("raad/", views.council, name="council"),
    path("raad/omgang/", views.dealings, name="dealings"),
    path("raad/gelijke-behandeling/", views.equal_treatment, name="equal-treatment"),
    path("mijn/", views.mine, name="mine"),
    path("mijn/mails/", views.mails, name="mails"),
    path("mijn/<uuid:public_id>/", views.plan, name="plan"),
    path("mijn/<uuid:public_id>/veranderen/", views.edit, name="edit"),
    path("mijn/<uuid:public_id>/geschiedenis/", views.history, name="history"),
    path("mijn/<uuid:public_id>/dossier/", views.dossier, name="dossier"),
    path("mijn/<uuid:public_id>/bericht/", views.write, name="write"),
    path("mijn/<uuid:public_id>/stap/<slug:verb>/", views.step, name="step"),
]
