from django.apps import AppConfig


class TownhallConfig(AppConfig):
    name = "townhall"
    verbose_name = "What every room needs"
