from django.apps import AppConfig
from django.core import checks


class RaportitConfig(AppConfig):
    name = "raportit"
    verbose_name = "Raportit"

    def ready(self):
        from strategia.palvelu.tila import TARKISTUKSET
        from strategia.rakenne.yhdistaminen import SEURAAJAT

        from .koonti.tekstit import move_texts
        from .tallenne import tarkistukset  # models are there only now

        SEURAAJAT.append(move_texts)
        TARKISTUKSET.extend((tarkistukset.find_missing_parts, tarkistukset.find_no_worker, tarkistukset.find_late_work))
        checks.register(tarkistukset.check_worker, checks.Tags.database)
