from django.apps import AppConfig


class StrategiaConfig(AppConfig):
    name = "strategia"
    verbose_name = "Strategia"
