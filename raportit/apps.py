from django.apps import AppConfig
from django.core import checks


class RaportitConfig(AppConfig):
    name = "raportit"
    verbose_name = "Raportit"

    def ready(self):
        from strategia.rakenne.yhdistaminen import SEURAAJAT

        from .koonti.tekstit import move_texts
        from .tallenne.syke import check_worker  # models are there only now

        SEURAAJAT.append(move_texts)
        checks.register(check_worker, checks.Tags.database)
