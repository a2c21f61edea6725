"""Django's admin as a site of ours: one door in and out, and what is done in it leaves its rows of the audit.

Whatever is registered, by us or by a library, passes here: nobody needs to remember it.
"""

from collections import Counter
from functools import wraps

from allauth.account import views as tili
from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite, ModelAdmin, helpers
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db import transaction
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from .models import Kunta, Tapahtuma
from .tapahtuma import changed_words, record
from .versio import in_words

Laji = Tapahtuma.Laji


class Hallintasivusto(AdminSite):
    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """A try is counted, and a second factor asked for, here as at the site's own door."""
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request, extra_context=None):
        return tili.logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def register(self, model_or_iterable, admin_class=None, **options):
        traced = type("Jaljittava", (Jaljet, admin_class or ModelAdmin), {"__module__": __name__})
        super().register(model_or_iterable, traced, **options)

    def admin_view(self, view, cacheable=False):
        return super().admin_view(_as_one_act(view), cacheable)


def _as_one_act(view):
    """What a POST does and the rows that tell of it stay together or not at all."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


class Jaljet:
    """Before a ModelAdmin: what Django writes into its own log goes into the audit, and so do tables and actions.

    A ModelAdmin whose changes have a kind of their own says so: laji_of_change(obj, form) -> Laji.
    """

    show_full_result_count = False  # a list would count every row of every kunta twice

    def construct_change_message(self, request, form, formsets, add=False):
        request.muutettu = form, formsets or []
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        _tell(request, Laji.LISATTY, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        form, formsets = getattr(request, "muutettu", (None, []))
        laji = getattr(self, "laji_of_change", _laji_of_change)(obj, form)
        _tell(request, laji, obj, **_words(form, formsets))
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            _tell(request, Laji.POISTETTU, obj)
        return super().log_deletions(request, queryset)

    def response_action(self, request, queryset):
        """An action that Django's log knows nothing of is told by its name, of each row that was chosen."""
        chosen = queryset
        if request.POST.get("select_across") != "1":
            chosen = queryset.filter(pk__in=request.POST.getlist(helpers.ACTION_CHECKBOX_NAME))
        rows = list(chosen)
        answer = super().response_action(request, queryset)
        if isinstance(answer, HttpResponseRedirect) and not getattr(request, "on_kerrottu", False):
            for obj in rows:
                _tell(request, Laji.MUUTETTU, obj, mihin=request.POST["action"])
        return answer

    # --- tables out and in: what import-export's admins call

    def get_export_data(self, file_format, request, queryset, **kwargs):
        content = super().get_export_data(file_format, request, queryset, **kwargs)
        whose = {_kunta_of(row) for row in queryset} or {None}
        mihin = f"{self.opts.verbose_name_plural} ({file_format.get_extension()})"
        _tell_each(request, Laji.LADATTU, dict.fromkeys(whose, mihin))
        return content

    def process_result(self, result, request):
        counts = {}
        for row in result:
            if row.instance is not None and row.import_type in ("new", "update", "delete"):
                counts.setdefault(_kunta_of(row.instance), Counter())[row.import_type] += 1
        told = {kunta: _counted(self.opts, each) for kunta, each in (counts or {None: Counter()}).items()}
        _tell_each(request, Laji.TALLENNETTU, told)
        return super().process_result(result, request)


def _laji_of_change(obj, form):
    return Laji.SALASANA_VAIHTUI if isinstance(form, AdminPasswordChangeForm) else Laji.MUUTETTU


def _tell(request, laji, obj, **told):
    """The row of one object. Where a kunta itself goes, it is an act on the installation."""
    request.on_kerrottu = True
    kunta = None if laji == Laji.POISTETTU and isinstance(obj, Kunta) else _kunta_of(obj)
    record(laji, by=request.user, kunta=kunta, kohde=obj, request=request, **told)


def _kunta_of(obj):
    """The id of whose it is; of what is a person's, the person's; None of what is the installation's."""
    if isinstance(obj, Kunta):
        return obj.pk
    return getattr(obj if hasattr(obj, "kunta_id") else getattr(obj, "user", None), "kunta_id", None)


def _words(form, formsets):
    """{"mista", "mihin"} of the form and of the rows under it."""
    told = [changed_words(form)] if form else []
    for formset in formsets:
        gone = formset.deleted_forms
        told += [{"mista": _stored(row)} if row in gone else changed_words(row) for row in formset.forms]
    return {key: "; ".join(filter(None, (each.get(key) for each in told))) for key in ("mista", "mihin")}


def _stored(row):
    """What a row told that is taken away."""
    shown = {name: field for name, field in row.fields.items() if name != DELETION_FIELD_NAME and not field.disabled}
    values = [(field, row.get_initial_for_field(field, name)) for name, field in shown.items()]
    return "; ".join(f"{field.label}: {in_words(field, value)}" for field, value in values if field.label and value)


def _tell_each(request, laji, told):
    """A table holds rows of several kunnat: each reads of its own. told: {a kunta's id: mihin}."""
    for kunta, mihin in told.items():
        record(laji, by=request.user, kunta=kunta, mihin=mihin, request=request)


def _counted(opts, counts):
    words = _("%(mita)s: uusia %(new)d, muuttui %(update)d, poistui %(delete)d")
    return words % {"mita": opts.verbose_name_plural, "new": 0, "update": 0, "delete": 0, **counts}
