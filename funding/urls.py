from django.urls import path

from funding import views

app_name = "funding"

urlpatterns = [
    path("", views.FormsPage.as_view(), name="list"),
    path("<slug:slug>/", views.FormPage.as_view(), name="detail"),
]
