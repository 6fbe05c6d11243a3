"""Where agreements are found: `/toezeggingen/`, and what is done about them from the page of a plan."""

app_name = "agreements"
urlpatterns = []
