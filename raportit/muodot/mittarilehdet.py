"""Osavuosikatsaus -> the sheets of its measures and its risks: a line for each, numbers as numbers."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..osavuosikatsaus import Osavuosikatsaus, Sarake
from ..osavuosikatsaus.mittarisanat import Ajannimet, tulos_title
from ..osavuosikatsaus.mittarit_rinnakkain import compare_mittarit
from ..osavuosikatsaus.rinnakkain import Vertailu


class Lehti(NamedTuple):
    otsikko: str
    sarakkeet: list[Sarake]
    rivit: list[list]


def list_sheets(raportti: Osavuosikatsaus) -> list[Lehti]:
    """Those that there is something for."""
    found = [_list_mittarit(raportti)] if raportti.kerrottavat else []
    return found + ([_list_riskit(raportti)] if raportti.kerrottavat_riskit else [])


def list_comparison(vertailu: Vertailu) -> list[Lehti]:
    """The measures side by side, where there are any."""
    rivit = compare_mittarit(vertailu)
    if not rivit:
        return []
    sana = vertailu.strategia.sanasto
    columns = [Sarake(rooli, sana[rooli]) for rooli in ("painopiste", "tavoite")]
    columns += [Sarake("nimi", _("Mittari")), Sarake("mitta", _("Yksikkö"))]
    for raportti in vertailu.raportit:
        words = (_("Arvo"), _("Tulos"))
        columns += [Sarake(f"mittarit.{word}", word, yla=raportti.jakso.nimi) for word in words]
    return [Lehti(_("Mittarit"), columns, [_comparison_row(rivi) for rivi in rivit])]


def _comparison_row(rivi):
    told = [each.mittari for each in rivi.solut]
    latest = next(mittari for mittari in reversed(told) if mittari)
    values = ((_value(each, each.arvo), tulos_title(each)) if each else ("", "") for each in told)
    return [*rivi.missa, rivi.nimi, latest.mitta, *(value for pair in values for value in pair)]


def _list_mittarit(raportti):
    columns = [*_places(raportti), *_names(), *_numbers(raportti)]
    rivit = [[read(each) for _sarake, read in columns] for each in raportti.kerrottavat]
    return Lehti(_("Mittarit"), [sarake for sarake, _read in columns], rivit)


def _places(raportti):
    """[(column, place of a measure or a risk -> text)]: where it hangs, in the kunta's own words."""
    sana = raportti.strategia.sanasto
    return [
        (Sarake("painopiste", sana["painopiste"]), lambda each: each[0].nimi),
        (Sarake("tavoite", sana["tavoite"]), lambda each: each[1].nimi if each[1] else ""),
        (
            Sarake("toimenpide", sana["toimenpide"]),
            lambda each: f"{each[2].koodi} {each[2].toimenpide}".strip() if each[2] else "",
        ),
    ]


def _names():
    words = {
        "nimi": (_("Mittari"), lambda mittari: mittari.nimi),
        "mitta": (_("Yksikkö"), lambda mittari: mittari.mitta),
        "suunta": (_("Suunta"), lambda mittari: mittari.suunta_sanoin),
        "lahde": (_("Lähde"), lambda mittari: mittari.lahde),
    }
    return [(Sarake(name, word), _of_measure(read)) for name, (word, read) in words.items()]


def _numbers(raportti):
    """The columns that are shown: start, a value for each time, target, result, note."""
    ajat = Ajannimet(raportti)
    times = {arvo.aika for *_where, mittari in raportti.kerrottavat for arvo in mittari.arvot} | {ajat.nykyinen}
    groups = {
        "lahto": [
            (_("Lähtö"), lambda mittari: _value(mittari, mittari.lahto)),
            (_("Lähtövuosi"), lambda mittari: mittari.lahto_vuosi),
        ],
        "arvot": [(ajat.name(aika), _value_at(aika)) for aika in sorted(times, key=ajat.place)],
        "tavoite": [
            (_("Tavoite"), lambda mittari: _value(mittari, mittari.tavoite)),
            (_("Tavoitevuosi"), lambda mittari: mittari.tavoite.vuosi if mittari.tavoite else None),
        ],
        "tulos": [(_("Tulos"), tulos_title)],
        "huomautus": [(_("Huomautus"), lambda mittari: mittari.arvo.huomautus if mittari.arvo else "")],
    }
    shown = {sarake.rooli.partition(".")[2] for sarake in raportti.mittarisarakkeet}
    return [
        (Sarake(f"mittarit.{name}", word), _of_measure(read))
        for name, columns in groups.items()
        if name in shown
        for word, read in columns
    ]


def _of_measure(read):
    return lambda each: read(each[-1])


def _value_at(aika):
    return lambda mittari: _value(mittari, mittari.arvo_ajalla.get(aika))


def _value(mittari, arvo):
    """A number where it is one, else what it is in words; of kyllä/ei the word."""
    luku = mittari.number(arvo) if mittari.on_luku else None
    if luku is None:
        return mittari.show(arvo)
    return int(luku) if luku == luku.to_integral_value() else Decimal(luku).normalize()


def _list_riskit(raportti):
    own = raportti.strategia.sanasto["riski"]
    numbers = (
        (own, lambda riski: riski.teksti),
        (_("Todennäköisyys"), lambda riski: riski.todennakoisyys),
        (_("Vaikutus"), lambda riski: riski.vaikutus),
        (_("Suuruus"), lambda riski: riski.suuruus),
    )
    columns = [*_places(raportti), *((Sarake("riski", word), _of_measure(read)) for word, read in numbers)]
    rows = [
        [read((painopiste, tavoite, rivi, riski)) for _sarake, read in columns]
        for _number, riski, painopiste, tavoite, rivi in raportti.kerrottavat_riskit
    ]
    return Lehti(_("Riskit"), [sarake for sarake, _read in columns], rows)
