"""What shows everything: one's own plans."""

from django.urls import path

from overview import views

app_name = "overview"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<uuid:public_id>/", views.plan, name="plan"),
    path("<uuid:public_id>/veranderen/", views.edit, name="edit"),
    path("<uuid:public_id>/bericht/", views.write, name="write"),
    path("<uuid:public_id>/stap/<slug:verb>/", views.step, name="step"),
]
