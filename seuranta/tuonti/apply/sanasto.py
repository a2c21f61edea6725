"""What a sheet calls things -> the words, the columns and the scale of its strategia."""

from seuranta.taulukko.layout.headings import is_period
from seuranta.taulukko.rows import year_of
from seuranta.tiedosto.paatokset import EI, Laji
from strategia.models import LISAKENTAT, MITTARIN_LUVUT, OMA, OMAT, RAPORTIN_OSAT, SANASTO, own_role
from strategia.nimet import avain


def put_words(strategia, luettu, confirmed):
    """The sheet's own headings and their order become the words and the columns of the report.

    What somebody has chosen before the first sheet stays: what is asked besides, the parts of the report, own words.
    confirmed: the labels of the scale that a person has confirmed.
    """
    if confirmed:
        strategia.asteikko = confirmed
    chosen = [sarake for sarake in strategia.sarakkeet if sarake["rooli"] in LISAKENTAT | RAPORTIN_OSAT]
    if strategia.sarakkeet != chosen:
        _put_new_lisakentat(strategia, luettu)
        _put_new_omat(strategia, luettu)
        _put_newest_luvut(strategia, luettu)
        return
    # A heading that names a time ("kesä", "osavuosikatsaus II") is no word for what stands below it next year.
    words = ((rooli, sana) for rooli, sana in luettu.headings.items() if rooli in SANASTO | LISAKENTAT)
    strategia.sanasto = {rooli: sana for rooli, sana in words if not is_period(sana)} | strategia.sanasto
    said = {sarake["rooli"]: sarake for sarake in chosen}
    own = [column | said.get(column["rooli"], {}) for column in _own_columns(luettu)]
    strategia.sarakkeet = own + [each for each in chosen if each["rooli"] not in {e["rooli"] for e in own}]
    strategia.asteikko = strategia.asteikko or {str(aste): nimi for aste, nimi in luettu.labels.items()}
    if luettu.jaksot:  # a plan without a jakso tells nothing of how its scores will be shown
        strategia.esitys = luettu.esitys


def put_meanings(strategia, luvusta):
    """What a person said that words and numbers of the table mean is known from now on.

    luvusta: {laji: {paikka: value}} as Target has it.
    """
    for laji, field in ((Laji.SANA, "tilasanat"), (Laji.KUVAUS, "lahdeasteikko")):
        told = {paikka: None if aste == EI else aste for paikka, aste in luvusta.get(laji, {}).items()}
        setattr(strategia, field, {**getattr(strategia, field), **told})


def _put_new_lisakentat(strategia, luettu):
    """What the strategia has not asked and the file answers becomes a column of it."""
    known = {sarake["rooli"] for sarake in strategia.sarakkeet}
    arvot = [arvo for rivi in luettu.rows for arvo in rivi.kirjaukset]
    new = [nimi for nimi in LISAKENTAT if nimi not in known and any(getattr(arvo, nimi) for arvo in arvot)]
    strategia.sarakkeet = [*strategia.sarakkeet, *(c for c in _own_columns(luettu) if c["rooli"] in new)]
    words = {nimi: luettu.headings[nimi] for nimi in new if not is_period(luettu.headings[nimi])}
    strategia.sanasto = words | strategia.sanasto


def _put_new_omat(strategia, luettu):
    """A column of the kunta's own that no earlier file had comes after the others."""
    known = {(sarake["rooli"], sarake.get("otsikko")) for sarake in strategia.sarakkeet}
    own = [column for column in _own_columns(luettu) if column["rooli"] in OMAT]
    new = [column for column in own if (column["rooli"], column["otsikko"]) not in known]
    strategia.sarakkeet = [*strategia.sarakkeet, *new]


def _put_newest_luvut(strategia, luettu):
    """The columns of measures' numbers name times: those of the newest table are the ones."""
    newest = [column for column in _own_columns(luettu) if column["rooli"] in MITTARIN_LUVUT]
    before = [each for each in strategia.sarakkeet if each["rooli"] in MITTARIN_LUVUT]
    if newest and newest != before:
        strategia.sarakkeet = [*(each for each in strategia.sarakkeet if each not in before), *newest]


def _own_columns(luettu):
    """The sheet's columns as the strategia keeps them: what is said of each only where there is something to say."""
    jaksot, omat, before = {avain(nimi) for nimi in luettu.jaksot}, set(), ""
    for (read_as, otsikko, jakso), above in zip(luettu.columns, luettu.above, strict=True):
        rooli = OMA if read_as == "mittari.suunta" else read_as  # arrows are kept as they are
        if rooli in OMAT:
            if (rooli, otsikko) not in omat:  # one of the kirjaus stands for each jakso
                omat.add((rooli, otsikko))
                yield {"rooli": rooli, "otsikko": otsikko, "piilossa": True}
            before = own_role(rooli, otsikko)
            continue
        if rooli in MITTARIN_LUVUT:
            yield _column_of_numbers(rooli, otsikko, jakso, above, before)
        if "." in rooli:  # days in force are no columns of a report
            continue
        before = rooli
        column = {"rooli": rooli, "otsikko": otsikko, "yla": above}
        if is_period(otsikko) or is_period(above):
            column["jakso"] = jakso or (luettu.jaksot[0] if len(jaksot) == 1 else "")
        if rooli == "toteutumisaste" and luettu.labels and luettu.esitys != "liikennevalo":
            column["sanoin"] = True
        yield {name: value for name, value in column.items() if value}
    if any(rivi.toimielin for rivi in luettu.rows) and all(rooli != "toimielin" for rooli, *_rest in luettu.columns):
        yield {"rooli": "toimielin", "valiotsikko": True}


def _column_of_numbers(rooli, otsikko, jakso, above, before):
    """A column of measures' numbers: of which time, and after which column of the table it stands."""
    vuosi = None if jakso else year_of(otsikko, [above, otsikko])
    column = {"rooli": rooli, "otsikko": otsikko, "yla": above, "jakso": jakso, "vuosi": vuosi, "jalkeen": before}
    return {name: value for name, value in column.items() if value}
