"""The seurantajaksot in Django's admin: to look at. Writing goes through the pages, which keep the rules.

The registers of the kunta get their tables out and in here, where the files can be guarded.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from import_export.admin import ExportMixin, ImportExportMixin
from simple_history.admin import SimpleHistoryAdmin

from strategia.admin import KayttajaAdmin, NimettyAdmin, VainLuku
from strategia.koko import takes
from strategia.models import Avain, Ilmoitusviesti, Kayttaja, Mittari, Tavoitearvo, Toimiala, Toimielin

from .mittari.taulukko import MittariArvoResource, MittariResource, TavoitearvoResource
from .models import Kirjaus, MittariArvo, Osavastaus, Riski, Seurantajakso, Tuonti
from .resources import KayttajaResource, KirjausResource, ToimialaResource, ToimielinResource, TurvallinenXLSX
from .taulukko.guard.limits import MAX_BYTES


class VainHistoria(VainLuku, SimpleHistoryAdmin):
    """Also no going back to what history says: simple-history would save it without asking who may change."""

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)


@admin.register(Seurantajakso)
class SeurantajaksoAdmin(VainHistoria):
    list_display = ["nimi", "strategia", "tila", "paattyy"]
    list_filter = ["kunta", "tila"]


@admin.register(Kirjaus)
class KirjausAdmin(ExportMixin, VainHistoria):
    list_display = ["toimenpide", "jakso", "toteutumisaste", "tila", "muokattu"]
    list_filter = ["kunta", "tila", "jakso"]
    list_select_related = ["toimenpide", "jakso"]
    resource_classes = [KirjausResource]
    formats = [TurvallinenXLSX]


class Taulukkona(ImportExportMixin):
    """Out and in as a table."""

    formats = [TurvallinenXLSX]

    import_action = takes(tiedosto=MAX_BYTES)(ImportExportMixin.import_action)

    def add_data_read_fail_error_to_form(self, form, e):
        form.add_error("import_file", str(e))  # the guard's own sentence says what to do

    def has_import_permission(self, request):
        """A file writes of any kunta."""
        return request.user.is_superuser


@admin.register(Mittari)
class MittariAdmin(Taulukkona, VainHistoria):
    resource_classes = [MittariResource]
    list_display = ["nimi", "laji", "yksikko", "kohde", "kunta"]
    list_filter = ["kunta", "laji"]
    list_select_related = ["toimenpide", "tavoite", "painopiste", "kunta"]
    search_fields = ["haku"]


@admin.register(Tavoitearvo)
class TavoitearvoAdmin(Taulukkona, VainHistoria):
    resource_classes = [TavoitearvoResource]
    list_display = ["mittari", "vuosi", "teksti", "luku", "kunta"]
    list_filter = ["kunta"]
    list_select_related = ["mittari", "kunta"]


@admin.register(MittariArvo)
class MittariArvoAdmin(Taulukkona, VainHistoria):
    resource_classes = [MittariArvoResource]
    list_display = ["mittari", "jakso", "vuosi", "paiva", "teksti", "luku", "muokattu"]
    list_filter = ["kunta", "jakso"]
    list_select_related = ["mittari", "jakso"]


@admin.register(Osavastaus)
class OsavastausAdmin(VainHistoria):
    list_display = ["nimi", "kirjaus", "toteutumisaste", "muokattu"]
    list_filter = ["kunta"]
    list_select_related = ["kirjaus__jakso", "kirjaus__toimenpide"]


@admin.register(Riski)
class RiskiAdmin(VainHistoria):
    list_display = ["teksti", "todennakoisyys", "vaikutus", "jakso", "kunta"]
    list_filter = ["kunta", "jakso"]
    list_select_related = ["jakso", "kunta"]


@admin.register(Avain)
class AvainAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["nimi", "alku", "kunta", "tekija", "luotu", "lopetettu", "kaytetty"]
    list_filter = ["kunta"]
    list_select_related = ["kunta", "tekija"]
    fields = ["kunta", "nimi", "alku", "tekija", "luotu", "lopettaja", "lopetettu", "kaytetty"]


@admin.register(Ilmoitusviesti)
class IlmoitusviestiAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["kayttaja", "kohteen_nimi", "laji", "paiva", "tila", "virhe"]
    list_filter = ["kunta", "tila", "laji"]
    list_select_related = ["kayttaja"]


@admin.register(Tuonti)
class TuontiAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["tiedostonimi", "kunta", "tekija", "luotu", "tila"]
    list_filter = ["kunta", "tila"]


admin.site.unregister([Toimiala, Toimielin, Kayttaja])


@admin.register(Toimiala)
class ToimialaTaulukkonaAdmin(Taulukkona, NimettyAdmin):
    resource_classes = [ToimialaResource]


@admin.register(Toimielin)
class ToimielinTaulukkonaAdmin(Taulukkona, NimettyAdmin):
    resource_classes = [ToimielinResource]


@admin.register(Kayttaja)
class KayttajaTaulukkonaAdmin(Taulukkona, KayttajaAdmin):
    resource_classes = [KayttajaResource]
