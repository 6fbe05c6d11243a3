from django.urls import path

from contacts import views

app_name = "contacts"

urlpatterns = [
    path("wie-is-wie/", views.PeoplePage.as_view(), name="people"),
    path("wie-is-wie/bestuur/<str:kenmerk>/", views.HolderPage.as_view(), name="holder"),
    path("wie-is-wie/<str:kenmerk>/", views.ManagerPage.as_view(), name="manager"),
    path("partners/", views.PartnersPage.as_view(), name="partners"),
    path("partners/<str:kenmerk>/", views.PartnerPage.as_view(), name="partner"),
]
