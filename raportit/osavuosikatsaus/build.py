"""Seurantajakso -> Osavuosikatsaus: read once, whole in itself. Sisäinen huomio and users are never read here."""

from datetime import datetime

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import SANASTO

from .model import ALWAYS_SHOWN, Jakso, Kunta, Osavuosikatsaus, Painopiste, Rivi, Sarake, Strategia, Tavoite

# A sheet's words over these two name the jakso ("kesä"), so a report takes them from the sanasto.
WORDS_OF_THE_JAKSO = ("toteutumisaste", "kommentti")


def build(jakso: Seurantajakso, *, koottu: datetime, versio: int | None = None) -> Osavuosikatsaus:
    """The report of the jakso as it stands now; versio None marks it a draft.

    Every kirjaus counts, whatever its tila. The number of queries does not depend on the number of rows.
    """
    strategia, edellinen = jakso.strategia, jakso.edellinen()
    toimenpiteet = list(jakso.toimenpiteet().select_related("toimielin"))
    painopisteet = _build_tree(toimenpiteet, _kirjaukset(jakso), _kirjaukset(edellinen))
    rivit = [rivi for painopiste in painopisteet for rivi in painopiste.rivit]
    return Osavuosikatsaus(
        kunta=_copy(Kunta, strategia.kunta),
        strategia=_freeze_strategia(strategia),
        jakso=_copy(Jakso, jakso),
        edellinen=edellinen and _copy(Jakso, edellinen),
        koottu=timezone.localtime(koottu),
        versio=versio,
        sarakkeet=_list_columns(strategia, rivit),
        toimialat=_names_in_order(t.toimiala for t in toimenpiteet),
        toimielimet=_names_in_order(t.toimielin for t in toimenpiteet),
        painopisteet=painopisteet,
    )


def _kirjaukset(jakso):
    """{toimenpide's id: (toteutumisaste, syy, kommentti)}"""
    rows = jakso.kirjaukset.values_list("toimenpide_id", "toteutumisaste", "syy", "kommentti") if jakso else ()
    return {toimenpide: tuple(rest) for toimenpide, *rest in rows}


def _build_tree(toimenpiteet, kirjaukset, edelliset):
    tree = {}
    for toimenpide in toimenpiteet:
        tavoite = toimenpide.tavoite
        rivi = _build_rivi(toimenpide, kirjaukset.get(toimenpide.pk), edelliset.get(toimenpide.pk))
        tree.setdefault(tavoite.painopiste, {}).setdefault(tavoite, []).append(rivi)
    return tuple(
        Painopiste(
            id=painopiste.pk,
            nimi=painopiste.nimi,
            sdg=_texts(painopiste.sdg),
            tavoitteet=tuple(Tavoite(t.pk, t.nimi, tuple(rivit)) for t, rivit in tavoitteet.items()),
        )
        for painopiste, tavoitteet in tree.items()
    )


def _build_rivi(toimenpide, kirjaus, edellinen):
    aste, syy, kommentti = kirjaus or (None, Kirjaus.Syy.EI_VASTATTU.value, "")
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
        toteutumisaste=aste,
        syy=syy,
        kommentti=kommentti,
        edellinen=edellinen[0] if edellinen else None,
    )


def _texts(values):
    return tuple(str(value) for value in values)


def _copy(cls, obj):
    """The dataclass filled from the fields of the same names."""
    return cls(**{name: getattr(obj, name) for name in cls.__dataclass_fields__})


def _freeze_strategia(strategia):
    return Strategia(
        id=strategia.pk,
        nimi=strategia.nimi,
        otsikko=strategia.otsikko,
        sanasto={rooli: strategia.sana(rooli) for rooli in SANASTO},
        asteikko={aste: nimi for aste, nimi in strategia.asteikko.items() if nimi},
        esitys=strategia.esitys,
    )


def _list_columns(strategia, rivit):
    """The kunta's own columns in their order; after them in place those its sheet did not have but rows use."""
    columns = {}
    for sarake in strategia.sarakkeet:
        rooli = sarake["rooli"]
        if rooli in SANASTO and rooli not in columns:
            own = "" if rooli in WORDS_OF_THE_JAKSO else sarake.get("otsikko", "")
            columns[rooli] = own or strategia.sana(rooli)
    order = list(columns)
    for place, rooli in enumerate(SANASTO):
        if rooli == "koodi" and strategia.sarakkeet:
            continue  # its own table writes the code before the name
        if rooli in columns or not (rooli in ALWAYS_SHOWN or any(getattr(rivi, rooli) for rivi in rivit)):
            continue
        before = [earlier for earlier in list(SANASTO)[:place] if earlier in order]
        order.insert(order.index(before[-1]) + 1 if before else 0, rooli)
        columns[rooli] = strategia.sana(rooli)
    return tuple(Sarake(rooli, columns[rooli]) for rooli in order)


def _names_in_order(objects):
    found = {obj.pk: (obj.jarjestys, obj.nimi) for obj in objects if obj}
    return tuple(nimi for _jarjestys, nimi in sorted(found.values()))
