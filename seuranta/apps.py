from django.apps import AppConfig


class SeurantaConfig(AppConfig):
    name = "seuranta"
    verbose_name = "Seuranta"
