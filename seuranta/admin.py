"""The seurantajaksot in Django's admin: to look at. Writing goes through the pages, which keep the rules."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from .models import Kirjaus, Seurantajakso, Tuonti


class VainLuku:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Seurantajakso)
class SeurantajaksoAdmin(VainLuku, SimpleHistoryAdmin):
    list_display = ["nimi", "strategia", "tila", "paattyy"]
    list_filter = ["kunta", "tila"]


@admin.register(Kirjaus)
class KirjausAdmin(VainLuku, SimpleHistoryAdmin):
    list_display = ["toimenpide", "jakso", "toteutumisaste", "tila", "muokattu"]
    list_filter = ["kunta", "tila"]
    list_select_related = ["toimenpide", "jakso"]


@admin.register(Tuonti)
class TuontiAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["tiedostonimi", "kunta", "tekija", "luotu", "tila"]
    list_filter = ["kunta", "tila"]
