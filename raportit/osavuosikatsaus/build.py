"""Seurantajakso -> Osavuosikatsaus: read once, whole in itself. Sisäinen huomio and users are never read here."""

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import LISAKENTAT, SANASTO
from strategia.teksti import clean_stored

from ..models import Saate
from .columns import list_columns, list_hidden
from .logo import read_logo
from .model import EI_LAHETETTY, Jakso, Kunta, Osavuosikatsaus, Painopiste, Rivi, Strategia, Tavoite

KIRJAUKSESTA = ("toteutumisaste", "syy", "kommentti")  # and the LISAKENTAT that the strategia uses


def build(jakso: Seurantajakso, *, koottu: datetime, versio: int | None = None) -> Osavuosikatsaus:
    """The report of the jakso as it stands now; versio None marks it a draft.

    A kirjaus counts once it is reported (Kirjaus.is_reported); of another only that it has not been sent is told.
    The number of queries does not depend on the number of rows.
    """
    strategia, edellinen = jakso.strategia, jakso.edellinen()
    aiemmat = _earlier_scores(jakso)
    toimenpiteet = list(jakso.toimenpiteet().select_related("toimielin"))
    rivit = _build_rows(toimenpiteet, _kirjaukset(jakso), edellinen, aiemmat)
    sarakkeet = list_columns(strategia, jakso, list(rivit.values()))
    saate = Saate.objects.filter(jakso=jakso).first() or Saate()
    return Osavuosikatsaus(
        kunta=replace(_copy(Kunta, strategia.kunta), logo=read_logo(strategia.kunta)),
        strategia=_freeze_strategia(strategia),
        jakso=_copy(Jakso, jakso),
        edellinen=edellinen and _copy(Jakso, edellinen),
        koottu=timezone.localtime(koottu),
        versio=versio,
        sarakkeet=sarakkeet,
        piilotetut=list_hidden(strategia),
        toimialat=_names_in_order(t.toimiala for t in toimenpiteet),
        toimielimet=_names_in_order(t.toimielin for t in toimenpiteet),
        painopisteet=_build_tree(
            toimenpiteet, rivit, saate, bands=any(s.rooli == "toimielin" and s.valiotsikko for s in sarakkeet)
        ),
        avaus=saate.avaus,
        kokous=saate.kokous,
        **_left_out(jakso, edellinen, aiemmat),
    )


def _kirjaukset(jakso):
    """{toimenpide's id: its kirjaus's values by their names}; of one that is not reported nothing is read."""
    names = (*KIRJAUKSESTA, *jakso.strategia.lisakentat)
    rows = jakso.kirjaukset.exclude(tila=Kirjaus.Tila.EI_VASTATTU).annotate(told=Kirjaus.objects.REPORTED)
    return {
        row.pop("toimenpide_id"): row if row.pop("told") else {"toteutumisaste": None, "syy": EI_LAHETETTY}
        for row in map(clean_stored, rows.values("toimenpide_id", "told", *names))
    }


def _earlier_scores(jakso):
    """{toimenpide's id: {jakso's id: score}} of the jaksot before this one, the latest first."""
    scores = {}
    rows = (
        Kirjaus.objects.reported()
        .filter(jakso__strategia=jakso.strategia_id, jakso__jarjestys__lt=jakso.jarjestys)
        .order_by("-jakso__jarjestys", "-jakso_id")
        .values_list("toimenpide_id", "jakso_id", "toteutumisaste")
    )
    for toimenpide, earlier, aste in rows:
        scores.setdefault(toimenpide, {})[earlier] = aste
    return scores


def _build_rows(toimenpiteet, kirjaukset, edellinen, aiemmat):
    """{toimenpide's id: Rivi}"""
    rivit = {}
    for toimenpide in toimenpiteet:
        earlier = aiemmat.get(toimenpide.pk, {})
        kirjaus = kirjaukset.get(toimenpide.pk) or {"toteutumisaste": None, "syy": Kirjaus.Syy.EI_VASTATTU.value}
        rivit[toimenpide.pk] = _build_rivi(
            toimenpide,
            **kirjaus,
            edellinen=earlier.get(edellinen.pk) if edellinen else None,
            samana=_count_same(kirjaus["toteutumisaste"], earlier.values()),
        )
    return rivit


def _build_rivi(toimenpide, *, kommentti="", **values):
    return Rivi(
        id=toimenpide.pk,
        koodi=toimenpide.koodi,
        toimenpide=toimenpide.nimi,
        toimialan_tavoite=toimenpide.toimialan_tavoite,
        toimiala=toimenpide.toimiala.nimi if toimenpide.toimiala else "",
        toimielin=toimenpide.toimielin.nimi if toimenpide.toimielin else "",
        vastuu=toimenpide.vastuu,
        riski=toimenpide.riski,
        mittari=toimenpide.mittari,
        sdg=_texts(toimenpide.sdg),
        kommentti=kommentti,
        **values,
    )


def _count_same(aste, earlier):
    return 1 + sum(1 for _ in takewhile(lambda before: before == aste, earlier)) if aste else 0


def _build_tree(toimenpiteet, rivit, saate, *, bands):
    """The painopisteet in the plan's order; with bands each by toimielin first, as its own sheet goes on."""
    if bands:
        # Of one sheet: a tavoite stands again under each toimielin, in the order of the sheet's own rows.
        toimenpiteet = sorted(toimenpiteet, key=lambda t: t.jarjestys)
        toimenpiteet.sort(key=lambda t: (t.tavoite.painopiste.jarjestys, t.tavoite.painopiste_id))
    tree = {}
    for toimenpide in toimenpiteet:
        tavoite, rivi = toimenpide.tavoite, rivit[toimenpide.pk]
        toimielimet = tree.setdefault(tavoite.painopiste, {})
        toimielimet.setdefault(rivi.toimielin if bands else "", {}).setdefault(tavoite, []).append(rivi)
    return tuple(
        Painopiste(
            id=painopiste.pk,
            nimi=painopiste.nimi,
            sdg=_texts(painopiste.sdg),
            tavoitteet=tuple(
                Tavoite(tavoite.pk, tavoite.nimi, tuple(rows), toimielin)
                for toimielin, tavoitteet in toimielimet.items()
                for tavoite, rows in tavoitteet.items()
            ),
            teksti=saate.painopisteet.get(str(painopiste.pk), ""),
        )
        for painopiste, toimielimet in tree.items()
    )


def _left_out(jakso, edellinen, aiemmat):
    """The rows of the previous jakso that this one does not ask, those that have ended and the others apart.

    Each with the score that it had there.
    """
    found = {"paattyneet": (), "eivat_mukana": ()}
    if not edellinen:
        return found
    left = edellinen.toimenpiteet().select_related("toimielin").exclude(pk__in=jakso.toimenpiteet().values("pk"))
    for toimenpide in left:
        before = aiemmat.get(toimenpide.pk, {}).get(edellinen.pk)
        rivi = _build_rivi(toimenpide, toteutumisaste=None, syy="", edellinen=before)
        found["paattyneet" if jakso.begins_after(toimenpide) else "eivat_mukana"] += (rivi,)
    return found


def _texts(values):
    return tuple(str(value) for value in values)


def _copy(cls, obj):
    """The dataclass filled from the fields of the same names."""
    return cls(**{name: getattr(obj, name) for name in cls.__dataclass_fields__ if name != "logo"})


def _freeze_strategia(strategia):
    return Strategia(
        id=strategia.pk,
        nimi=strategia.nimi,
        otsikko=strategia.otsikko,
        sanasto={rooli: strategia.sana(rooli) for rooli in SANASTO | LISAKENTAT},
        asteikko={aste: nimi for aste, nimi in strategia.asteikko.items() if nimi},
        esitys=strategia.esitys,
    )


def _names_in_order(objects):
    found = {obj.pk: (obj.jarjestys, obj.nimi) for obj in objects if obj}
    return tuple(nimi for _jarjestys, nimi in sorted(found.values()))
