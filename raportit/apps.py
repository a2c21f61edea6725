from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class RaportitConfig(AppConfig):
    name = "raportit"
    verbose_name = "Raportit"

    def ready(self):
        from seuranta.mittari.api import api
        from seuranta.models import Seurantajakso
        from strategia import sivumuisti
        from strategia.palvelu.luvut import TOISTEN
        from strategia.palvelu.tila import TARKISTUKSET
        from strategia.rakenne.yhdistaminen import SEURAAJAT
        from strategia.todennus.avaimenvaihto import MUUT

        from .avoin.api import router
        from .julkinen.julkisuus import next_publishing, tell_published
        from .koonti.tekstit import move_texts
        from .models import SEURAAJAT as JULKISUUDEN_SEURAAJAT
        from .models import Kasittely, Tilaus
        from .tallenne import tarkistukset  # models are there only now
        from .tallenne.julkisrivit import keep_rows

        api.add_router("/julkinen", router)  # before the addresses are read
        SEURAAJAT.append(move_texts)
        MUUT.append((Tilaus, "osoite"))
        # The number last: whoever waits for it holds what the others need.
        JULKISUUDEN_SEURAAJAT.extend((keep_rows, tell_published))
        sivumuisti.SEURAAVAT.append(next_publishing)
        sivumuisti.follow(Kasittely)
        sivumuisti.follow(Seurantajakso, "nimi", "tyyppi", "alkaa", "paattyy", "jarjestys")
        TARKISTUKSET.extend((tarkistukset.find_missing_parts, tarkistukset.find_no_worker, tarkistukset.find_late_work))
        TOISTEN.append(tarkistukset.tell_queue)
        checks.register(tarkistukset.check_worker, checks.Tags.database)
        post_migrate.connect(_make_rows, sender=self)


def _make_rows(using, plan=(), **told):  # the emptying of a test database has none
    """Make the public lines of what was published before there were any, once every table is as it is now."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from .tallenne.julkisrivit import remake_rows

    ran = {(migration.app_label, migration.name) for migration, backwards in plan if not backwards}
    if ("raportit", "0020_julkiset_rivit") not in ran:
        return
    executor = MigrationExecutor(connections[using])  # reads every migration there is
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        remake_rows()
