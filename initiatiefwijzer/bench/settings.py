"""The settings of the bare pages: the same database and pool, and nothing around a page."""

from initiatiefwijzer import settings
from initiatiefwijzer.settings import *  # noqa: F403 everything but what follows is the same

INSTALLED_APPS = [
    app for app in settings.INSTALLED_APPS if not app.startswith("allauth")
]  # asks for middleware
MIDDLEWARE = []
ROOT_URLCONF = "initiatiefwijzer.bench.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {
                        "bare list": (
                            "<!doctype html><title>Lijst</title>{% for plan in object_list %}"
                            "<h2><a href='/{{ plan.reference }}'>{{ plan.title }}</a></h2>"
                            "<p>{{ plan.summary }}</p>"
                            "{% endfor %}<p>{{ page_obj.number }} / {{ page_obj.paginator.num_pages }}</p>"
                        ),
                        "bare thing": "<!doctype html><h1>{{ object.title }}</h1>"
                        "{{ object.story|linebreaks }}",
                    },
                )
            ]
        },
    }
]
