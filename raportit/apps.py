from django.apps import AppConfig
from django.core import checks


class RaportitConfig(AppConfig):
    name = "raportit"
    verbose_name = "Raportit"

    def ready(self):
        from .tallenne.syke import check_worker  # models are there only now

        checks.register(check_worker, checks.Tags.database)
