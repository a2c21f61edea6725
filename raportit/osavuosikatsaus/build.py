"""Seurantajakso -> Osavuosikatsaus: read once, whole in itself. Sisäinen huomio and users are never read here."""

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from django.utils import timezone

from seuranta.models import Kirjaus, Seurantajakso
from strategia.models import LISAKENTAT, OMA, OMA_KIRJAUS, SANASTO, VAIN_VALITTUNA, StrateginenTavoite
from strategia.models import Painopiste as PainopisteModel
from strategia.teksti import clean_stored
from strategia.valot import light_name

from ..kaudet import read_scores_before, read_scores_of_other_scale
from ..models import Saate
from .columns import list_columns, list_hidden, list_lukusarakkeet, list_mittarisarakkeet
from .liitokset import Liitokset, read_liitokset
from .logo import read_logo
from .model import EI_LAHETETTY, Jakso, Kunta, Osavuosikatsaus, Painopiste, Rivi, Strategia, Tavoite

KIRJAUKSESTA = ("toteutumisaste", "syy", "alkuperainen", "kommentti")  # and the LISAKENTAT that the strategia uses


def build(jakso: Seurantajakso, *, koottu: datetime, versio: int | None = None) -> Osavuosikatsaus:
    """The report of the jakso as it stands now; versio None marks it a draft.

    A kirjaus counts once it is reported (Kirjaus.is_reported); of another only that it has not been sent is told.
    The number of queries does not depend on the number of rows.
    """
    strategia, toimenpiteet = jakso.strategia, list(_with_names(jakso.toimenpiteet()))
    edellinen, aiemmat = _earlier_scores(jakso, toimenpiteet)
    kirjaukset = _kirjaukset(jakso)
    liitokset = read_liitokset(jakso, _sent(jakso, kirjaukset, aiemmat))
    rivit = _build_rows(toimenpiteet, kirjaukset, edellinen, aiemmat, liitokset, strategia)
    edelliskausi = "" if edellinen else _tell_other_scale(jakso, toimenpiteet, rivit)
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
        mittarisarakkeet=list_mittarisarakkeet(strategia) if liitokset.mittarit else (),
        aiemmat=tuple(_copy(Jakso, each) for each in liitokset.aiemmat),
        lukusarakkeet=tuple(list_lukusarakkeet(strategia, [*liitokset.aiemmat, jakso], list(rivit.values()))),
        osat=tuple(osa for osa in VAIN_VALITTUNA if osa not in strategia.piilotetut),
        toimialat=_names_in_order(t.toimiala for t in toimenpiteet),
        toimielimet=_names_in_order(t.toimielin for t in toimenpiteet),
        painopisteet=_build_tree(
            toimenpiteet,
            rivit,
            liitokset,
            saate,
            bands=any(s.rooli == "toimielin" and s.valiotsikko for s in sarakkeet),
        ),
        avaus=saate.avaus,
        kokous=saate.kokous,
        edelliskausi=edelliskausi,
        **_left_out(jakso, edellinen, aiemmat),
    )


def _with_names(toimenpiteet):
    """What a row is under, each read once: what is joined to a row is made anew for each of thousands."""
    return toimenpiteet.select_related(None).prefetch_related("tavoite__painopiste", "toimiala", "toimielin")


def _kirjaukset(jakso):
    """{toimenpide's id: its kirjaus's values by their names}; of one that is not reported nothing is read."""
    omat = ["omat"] if jakso.strategia.shows_omat(OMA_KIRJAUS) else []
    names = (*KIRJAUKSESTA, *jakso.strategia.lisakentat, *omat)
    rows = jakso.kirjaukset.exclude(tila=Kirjaus.Tila.EI_VASTATTU).annotate(told=Kirjaus.objects.REPORTED)
    return {
        row.pop("toimenpide_id"): row if row.pop("told") else {"toteutumisaste": None, "syy": EI_LAHETETTY}
        for row in map(clean_stored, rows.values("toimenpide_id", "told", *names))
    }


def _earlier_scores(jakso, toimenpiteet):
    """(the jakso before, {toimenpide's id: {jakso's id: score}} of those before this one, the latest first).

    Of a row that continues another those of the terms before too. The first jakso of a term follows the last of them.
    """
    edellinen, scores = jakso.edellinen(), {}
    rows = (
        Kirjaus.objects.reported()
        .filter(kunta=jakso.kunta_id, jakso__strategia=jakso.strategia_id, jakso__jarjestys__lt=jakso.jarjestys)
        .order_by("-jakso__jarjestys", "-jakso_id")
        .values_list("toimenpide_id", "jakso_id", "toteutumisaste")
    )
    for toimenpide, earlier, aste in rows:
        scores.setdefault(toimenpide, {})[earlier] = aste
    if any(toimenpide.edeltaja_id for toimenpide in toimenpiteet):
        last, before = read_scores_before(jakso)
        edellinen = edellinen or last
        for toimenpide, earlier in before.items():
            scores[toimenpide] = {**scores.get(toimenpide, {}), **earlier}
    return edellinen, scores


def _tell_other_scale(jakso, toimenpiteet, rivit):
    """The name of the jakso before of another scale, "" of none; of that the rows tell what they continue, in words."""
    if not jakso.strategia.shows_scores or not any(toimenpide.edeltaja_id for toimenpide in toimenpiteet):
        return ""
    last, scores = read_scores_of_other_scale(jakso)
    told = {pk: aste for pk, aste in scores.items() if pk in rivit}
    rivit |= {pk: replace(rivit[pk], edelliskaudella=_score_of(last.strategia, aste)) for pk, aste in told.items()}
    return last.nimi if told else ""


def _score_of(strategia, aste):
    """ "4 / 5 (Hyvä)", or its word alone where the plan tells scores by words."""
    is_light = strategia.esitys == strategia.Esitys.LIIKENNEVALO
    name = strategia.asteikko.get(str(aste), "") or (light_name(aste) if is_light else "")
    if name and strategia.esitys != strategia.Esitys.NUMEROT:
        return name
    return f"{aste} / 5 ({name})" if name else f"{aste} / 5"


def _sent(jakso, kirjaukset, aiemmat):
    """{(toimenpide's id, jakso's id)} of every kirjaus that a report tells, of this jakso and of those before it."""
    now = {(pk, jakso.pk) for pk, values in kirjaukset.items() if values["syy"] != EI_LAHETETTY}
    return now | {(pk, earlier) for pk, scores in aiemmat.items() for earlier in scores}


def _build_rows(toimenpiteet, kirjaukset, edellinen, aiemmat, liitokset, strategia):
    """{toimenpide's id: Rivi}"""
    rivit, hidden = {}, strategia.piilotetut
    for toimenpide in toimenpiteet:
        earlier = aiemmat.get(toimenpide.pk, {})
        kirjaus = kirjaukset.get(toimenpide.pk) or {"toteutumisaste": None, "syy": Kirjaus.Syy.EI_VASTATTU.value}
        told = {"omat": _shown_omat(strategia, toimenpide.omat, kirjaus.get("omat", {}))}
        if "sitovuus" not in hidden:
            told["sitovuus"] = toimenpide.sitovuus or toimenpide.tavoite.sitovuus
        if "toimenpide.voimassa" not in hidden:
            told["voimassa"] = _span(toimenpide.voimassa_alkaen, toimenpide.voimassa_asti)
        rivit[toimenpide.pk] = _build_rivi(
            toimenpide,
            **kirjaus | told,
            edellinen=earlier.get(edellinen.pk) if edellinen else None,
            samana=_count_same(kirjaus["toteutumisaste"], earlier.values()),
            **liitokset.of_row(toimenpide.pk),
            **liitokset.cells_of(toimenpide),
        )
    return rivit


def _span(alkaa, asti):
    """ "2025–2027" of whole years, else by its days; an end that is not known is left out, "" where neither is."""
    if not (alkaa or asti):
        return ""
    if alkaa and asti and (alkaa.day, alkaa.month, asti.day, asti.month) == (1, 1, 31, 12):
        return f"{alkaa.year}–{asti.year}" if alkaa.year < asti.year else str(asti.year)
    return "–".join(f"{day.day}.{day.month}.{day.year}" if day else "" for day in (alkaa, asti))


def _shown_omat(strategia, toimenpiteen, kirjauksen):
    """{heading: text} of the kunta's own columns that somebody has chosen for the report, and of no others."""
    if not (toimenpiteen or kirjauksen):
        return {}
    return {
        **dict(strategia.list_omat(OMA, clean_stored(toimenpiteen), only_shown=True)),
        **dict(strategia.list_omat(OMA_KIRJAUS, kirjauksen, only_shown=True)),
    }


def _build_rivi(toimenpide, *, kommentti="", **values):
    return Rivi(
        id=toimenpide.pk,
        koodi=toimenpide.koodi,
        toimenpide=toimenpide.nimi,
        toimialan_tavoite=toimenpide.toimialan_tavoite,
        toimiala=toimenpide.toimiala.nimi if toimenpide.toimiala else "",
        toimielin=toimenpide.toimielin.nimi if toimenpide.toimielin else "",
        vastuu=toimenpide.vastuu,
        sdg=_texts(toimenpide.sdg),
        kommentti=kommentti,
        **{"riski": toimenpide.riski, "mittari": toimenpide.mittari, **values},
    )


def _count_same(aste, earlier):
    return 1 + sum(1 for _ in takewhile(lambda before: before == aste, earlier)) if aste else 0


def _build_tree(toimenpiteet, rivit, liitokset, saate, *, bands):
    """The painopisteet in the plan's order; with bands each by toimielin first, as its own sheet goes on."""
    if bands:
        # Of one sheet: a tavoite stands again under each toimielin, in the order of the sheet's own rows.
        toimenpiteet = sorted(toimenpiteet, key=lambda t: t.jarjestys)
        toimenpiteet.sort(key=lambda t: (t.tavoite.painopiste.jarjestys, t.tavoite.painopiste_id))
    tree = {}
    for toimenpide in toimenpiteet:
        tavoite, rivi = toimenpide.tavoite, rivit[toimenpide.pk]
        tavoitteet = tree.setdefault(tavoite.painopiste, {})
        tavoitteet.setdefault((rivi.toimielin if bands else "", tavoite), []).append(rivi)
    tree = _with_headings_alone(tree, liitokset)
    return tuple(
        Painopiste(
            id=painopiste.pk,
            nimi=painopiste.nimi,
            sdg=_texts(painopiste.sdg),
            tavoitteet=_build_tavoitteet(tavoitteet, liitokset),
            teksti=saate.painopisteet.get(str(painopiste.pk), ""),
            mittarit=liitokset.mittarit.get(("painopiste", painopiste.pk), ()),
        )
        for painopiste, tavoitteet in tree.items()
    )


def _build_tavoitteet(tavoitteet, liitokset):
    """{(toimielin, tavoite): rows} -> the Tavoitteet, those of one toimielin together; its own in the first of each."""
    told, found = set(), []
    toimielimet = list(dict.fromkeys(toimielin for toimielin, _tavoite in tavoitteet))
    for (toimielin, tavoite), rows in sorted(tavoitteet.items(), key=lambda each: toimielimet.index(each[0][0])):
        key, is_first = ("tavoite", tavoite.pk), tavoite.pk not in told
        told.add(tavoite.pk)
        found.append(
            Tavoite(
                tavoite.pk,
                tavoite.nimi,
                tuple(rows),
                toimielin,
                sdg=_texts(tavoite.sdg),
                mittarit=liitokset.mittarit.get(key, ()) if is_first else (),
                riskit=liitokset.riskit.get(key, ()) if is_first else (),
            )
        )
    return tuple(found)


def _with_headings_alone(tree, liitokset: Liitokset):
    """The tree with the painopisteet and tavoitteet that have measures or risks, but no toimenpide in the jakso."""
    known = {tavoite.pk for tavoitteet in tree.values() for _toimielin, tavoite in tavoitteet}
    alone = liitokset.ids_of("tavoite") - known
    tops = liitokset.ids_of("painopiste") - {painopiste.pk for painopiste in tree}
    if not alone and not tops:
        return tree
    for tavoite in StrateginenTavoite.objects.filter(pk__in=alone).select_related("painopiste"):
        tree.setdefault(tavoite.painopiste, {})["", tavoite] = []
    for painopiste in PainopisteModel.objects.filter(pk__in=tops):
        tree.setdefault(painopiste, {})
    return {
        painopiste: dict(sorted(tavoitteet.items(), key=lambda each: _place(each[0][1])))
        for painopiste, tavoitteet in sorted(tree.items(), key=lambda each: _place(each[0]))
    }


def _place(row):
    return row.jarjestys, row.pk


def _left_out(jakso, edellinen, aiemmat):
    """The rows of the previous jakso that this one does not ask, those that have ended and the others apart.

    Each with the score that it had there.
    """
    found = {"paattyneet": (), "eivat_mukana": ()}
    if not edellinen or edellinen.strategia_id != jakso.strategia_id:  # what a term left behind is no row of this one
        return found
    left = _with_names(edellinen.toimenpiteet()).exclude(pk__in=jakso.toimenpiteet().values("pk"))
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
        nayta_keskiarvo=strategia.nayta_keskiarvo,
    )


def _names_in_order(objects):
    found = {obj.pk: (obj.jarjestys, obj.nimi) for obj in objects if obj}
    return tuple(nimi for _jarjestys, nimi in sorted(found.values()))
