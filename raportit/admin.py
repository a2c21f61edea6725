"""The raporttiversiot in Django's admin: to look at."""

from django.contrib import admin

from strategia.admin import VainLuku

from .models import Julkaisu, Kasittely, Raporttiversio


class KasittelyInline(VainLuku, admin.TabularInline):
    model = Kasittely
    extra = 0


class JulkaisuInline(VainLuku, admin.TabularInline):
    model = Julkaisu
    extra = 0


@admin.register(Raporttiversio)
class RaporttiversioAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["jakso", "numero", "tila", "luotu", "sha256"]
    list_filter = ["kunta", "tila"]
    inlines = [JulkaisuInline, KasittelyInline]
