"""Django's admin, for the installation's own maintainer: no kunta's people come here."""

from django.contrib import admin
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from simple_history.admin import SimpleHistoryAdmin

from .kayttaja.tunnus import ViimeinenPaakayttaja, follow_change, refuse_last
from .models import (
    Jasenyys,
    Kayttaja,
    Kirjoitusasu,
    Kunta,
    Strategia,
    Tapahtuma,
    Toimenpide,
    Toimiala,
    Toimielin,
)


class VainLuku:
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Kunta)
class KuntaAdmin(admin.ModelAdmin):
    list_display = ["nimi", "virallinen_nimi", "muoto"]


class JasenyysInline(admin.TabularInline):
    model = Jasenyys
    extra = 0


class HallinnanKayttajaForm(UserChangeForm):
    def _post_clean(self):
        """The kunta keeps its last pääkäyttäjä here, too."""
        super()._post_clean()
        try:
            refuse_last(self.instance)
        except ViimeinenPaakayttaja as refused:
            self.add_error(None, str(refused))


@admin.register(Kayttaja)
class KayttajaAdmin(UserAdmin):
    form = HallinnanKayttajaForm
    list_display = ["email", "nimi", "kunta", "rooli", "is_active"]
    list_filter = ["kunta", "rooli", "is_active"]
    search_fields = ["email", "nimi"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    fieldsets = [
        (None, {"fields": ["email", "nimi", "password", "kunta", "rooli"]}),
        ("Oikeudet", {"fields": ["is_active", "is_staff", "is_superuser", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "nimi", "kunta", "rooli", "usable_password", "password1", "password2"]})
    ]
    inlines = [JasenyysInline]

    def has_delete_permission(self, request, obj=None):
        """History refers to its people: whoever leaves is ended, and in time the row no longer tells who it was."""
        return False

    def laji_of_change(self, obj, form):
        """The kinds that the pages leave: by them it is told, too, since when a name is kept."""
        if isinstance(form, self.change_password_form):
            return Tapahtuma.Laji.SALASANA_VAIHTUI
        if "is_active" in form.changed_data:
            return Tapahtuma.Laji.KAYTTOON if obj.is_active else Tapahtuma.Laji.KAYTOSTA
        is_name = form.changed_data and set(form.changed_data) <= {"email", "nimi"}
        return Tapahtuma.Laji.MUUTETTU if is_name else Tapahtuma.Laji.ROOLI

    def save_model(self, request, obj, form, change):
        """What the person may do has changed: the sessions end, but for the one that changed it."""
        before = Kayttaja.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        if change and follow_change(obj, before) and obj == request.user:
            update_session_auth_hash(request, obj)


@admin.register(Toimiala, Toimielin)
class NimettyAdmin(admin.ModelAdmin):
    list_display = ["nimi", "kunta"]
    list_filter = ["kunta"]
    search_fields = ["nimi"]


@admin.register(Strategia)
class StrategiaAdmin(admin.ModelAdmin):
    list_display = ["nimi", "kunta", "alkuvuosi", "loppuvuosi"]
    list_filter = ["kunta"]


@admin.register(Toimenpide)
class ToimenpideAdmin(SimpleHistoryAdmin):
    list_display = ["nimi", "koodi", "toimiala", "kunta"]
    list_filter = ["kunta"]
    search_fields = ["haku"]
    raw_id_fields = ["tavoite"]
    readonly_fields = ["kunta"]

    def save_model(self, request, obj, form, change):
        """Of the kunta whose tavoite it stands under."""
        obj.kunta_id = obj.tavoite.kunta_id
        super().save_model(request, obj, form, change)


@admin.register(Tapahtuma)
class TapahtumaAdmin(VainLuku, admin.ModelAdmin):
    list_display = ["milloin", "kunta", "kuka", "laji", "kohteen_nimi", "mista", "mihin", "pyynto_id"]
    list_filter = ["kunta", "laji"]
    list_select_related = ["kunta", "kuka"]
    search_fields = ["kohteen_nimi", "pyynto_id"]


@admin.register(Kirjoitusasu)
class KirjoitusasuAdmin(admin.ModelAdmin):
    list_display = ["asu", "kunta", "toimiala", "toimielin", "painopiste", "tavoite", "toimenpide"]
    list_filter = ["kunta"]
    raw_id_fields = ["painopiste", "tavoite", "toimenpide"]
