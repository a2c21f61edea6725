"""Seurantajakso + user -> the rows that the user's toimialat comment on; what was posted on them -> saved comments."""

from django import forms

from strategia.models import MuuToimiala
from strategia.nimet import avain, searchable
from strategia.permissions import commented_toimenpiteet, recording_toimialat

from ..models import KOMMENTIN_PITUUS, Kirjaus, Osavastaus, Yksikkovastaus
from .forms import plain_newlines
from .kommenttirivi import Kommenttirivi
from .osavastaukset import find_writer
from .paikka import Nimi, Paikka

LAJI = "k"


class KommenttiForm(forms.Form):
    """One comment as it was posted."""

    versio = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    nahty = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)  # the other text that was shown
    kommentti = forms.CharField(required=False, max_length=KOMMENTIN_PITUUS)


def add_commented(jakso, user, paikat: list[Paikka], *, with_words=False) -> list[Paikka]:
    """The rows of the list with those that the user comments on among them, in the plan's order; one query."""
    for each in _own(jakso, user):
        place = _place_of(each, with_words)
        after = (n for n, row in enumerate(paikat) if row.jarjestys > place.jarjestys)
        n = next(after, len(paikat))
        paikat = [*paikat[:n], place, *paikat[n:]]
    return paikat


def _own(jakso, user):
    seen = jakso.toimenpiteet().order_by() & commented_toimenpiteet(user)
    mine = MuuToimiala.objects.filter(toimenpide__in=seen.values("pk"), toimiala__in=recording_toimialat(user))
    related = ("toimenpide__tavoite__painopiste", "toimenpide__toimiala", "toimiala")
    return mine.select_related(*related).order_by("toimenpide__jarjestys", "toimenpide", "toimiala")


def _place_of(osallinen, with_words):
    toimenpide, tavoite = osallinen.toimenpide, osallinen.toimenpide.tavoite
    painopiste, johtava = tavoite.painopiste, toimenpide.toimiala
    words = f"{toimenpide.haku} {searchable(f'{tavoite.nimi} {painopiste.nimi}')}" if with_words else ""
    return Paikka(
        osallinen.pk,
        Nimi(painopiste.pk, painopiste.nimi),
        Nimi(johtava.pk, johtava.nimi) if johtava else None,
        is_mine=False,
        tila="",
        aste="on",
        kommentti="",
        on_sanallinen=False,
        is_sent=True,
        haku=words,
        jarjestys=(painopiste.jarjestys, tavoite.jarjestys),
        tavoite=tavoite.pk,
        laji=LAJI,
    )


def build_commented(jakso, user, prefixes) -> list[Kommenttirivi]:
    """Of these ("k7") those that are the user's to comment on, as they are stored; three queries for any number."""
    found = list(_own(jakso, user).filter(pk__in=[int(prefix[1:]) for prefix in prefixes]))
    kirjaukset = Kirjaus.objects.filter(jakso=jakso, toimenpide__in=[each.toimenpide_id for each in found])
    by_toimenpide = {kirjaus.toimenpide_id: kirjaus for kirjaus in kirjaukset}
    osat = list(Osavastaus.objects.filter(kirjaus__in=[kirjaus.pk for kirjaus in by_toimenpide.values()]))
    names = jakso.strategia.asteen_nimet
    return [_row(each, by_toimenpide.get(each.toimenpide_id), osat, names) for each in found]


def _row(osallinen, kirjaus, osat, asteen_nimet):
    """The comment is known by its toimiala, or it is a unit's answer of the same name."""
    of_row = [osa for osa in osat if kirjaus and osa.kirjaus_id == kirjaus.pk]
    own = [osa for osa in of_row if osa.toimiala_id == osallinen.toimiala_id]
    named = [osa for osa in of_row if not osa.toimiala_id and osa.avain == avain(osallinen.toimiala.nimi)]
    return Kommenttirivi(osallinen, kirjaus, next(iter((*own, *named)), Osavastaus()), asteen_nimet)


def save_comments(jakso, rows, data, *, by):
    """Save what `data` (a POST) says on these rows; what is not saved stays on its row. Raises SuljettuJakso."""
    for row in (each for each in rows if each.on_kommentti):
        if f"{row.prefix}-versio" not in data or data.get("ratkaise") == f"{row.prefix}:tallennettu":
            continue
        row.form = KommenttiForm(data, prefix=row.prefix)
        row.posted = {"kommentti": data.get(f"{row.prefix}-kommentti", "")}
        row.form.full_clean()
        row.perusta = row.form.cleaned_data.get("versio", row.osa.versio)
        if not row.form.errors:
            _save(jakso, row, data, by)


def _save(jakso, row, data, by):
    cleaned, toimiala = row.form.cleaned_data, row.toimiala
    kommentti, versio = plain_newlines(cleaned["kommentti"]), cleaned["versio"]
    if data.get("ratkaise") == f"{row.prefix}:oma":
        versio = cleaned["nahty"] or 0
    if not row.osa.pk and not kommentti:
        return
    vastaus = Yksikkovastaus(
        nimi=toimiala.nimi,
        kommentti=kommentti,
        pk=row.osa.pk,
        versio=versio,
        poista=bool(row.osa.pk and not kommentti and not row.osa.toteutumisaste),
        kysytyt=("nimi", "kommentti"),
        toimiala=toimiala,
    )
    if row.osa.kommentti == kommentti and row.osa.versio == versio:
        return
    saved, conflicts = Osavastaus.objects.record(jakso, row.toimenpide, [vastaus], by=by)
    for osa in saved:
        row.osa, row.tallentui = (Osavastaus() if vastaus.poista else osa), True
        row.perusta = row.osa.versio
    for theirs, _mine in conflicts:
        row.osa, row.ristiriita = theirs, find_writer([theirs], by)[theirs.pk]
