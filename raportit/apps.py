from django.apps import AppConfig


class RaportitConfig(AppConfig):
    name = "raportit"
    verbose_name = "Raportit"
