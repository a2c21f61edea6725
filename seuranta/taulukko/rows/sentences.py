"""What to tell of one cell: code -> a sentence in Finnish and one in English."""

import re

from ..guard import Issue

_KOMENTO = re.compile(r" Komennolle sen kertoo --.*| \((?:komennolla )?--[^)]*\)", re.DOTALL)


def without_option(fi: str) -> str:
    """The sentence without what it tells of the command: on a page the answer is a click."""
    return _KOMENTO.sub("", fi)


def issue(cell: str, code: str, **values) -> Issue:
    """The error or notice of a cell. `code` is a key of SENTENCES; `values` fill its sentences."""
    fi, en = SENTENCES[code]
    return Issue(cell, code.partition("/")[0], fi.format(**values), en.format(**values), str(values.get("text", "")))


# One code may have several sentences: what comes after "/" only tells them apart.
SENTENCES = {
    "date_in_score": (
        "Toteutumisasteen tilalla on päivämäärä {text}. Kirjoita numero 1–5.",
        "There is the date {text} in place of a score. Write a number 1–5.",
    ),
    "ambiguous_score": (
        "Toteutumisastetta ”{text}” ei voi lukea yhtenä numerona. Valitse numero 1–5.",
        "The score “{text}” cannot be read as one number. Choose a number 1–5.",
    ),
    "score_range": (
        "Toteutumisaste {text} ei ole välillä 1–5. Korjaa numero tai jätä solu tyhjäksi.",
        "The score {text} is not between 1 and 5. Correct it or leave the cell empty.",
    ),
    "score_not_integer": (
        "Toteutumisaste {text} ei ole kokonaisluku, eikä sitä pyöristetä. Valitse numero 1–5.",
        "The score {text} is not a whole number, and it is not rounded. Choose a number 1–5.",
    ),
    "score_not_number": (
        "Toteutumisaste ”{text}” ei ole numero. Kirjoita numero 1–5 tai jätä solu tyhjäksi.",
        "The score “{text}” is not a number. Write a number 1–5 or leave the cell empty.",
    ),
    "unknown_reason": (
        "Syytä ”{text}” ei tunneta. Valitse syy luettelosta: ei arvioida tällä jaksolla, alkaa myöhemmin tai luovuttu.",
        "The reason “{text}” is not known. Choose one from the list.",
    ),
    "date_range": (
        "Päivä tai vuosi ”{text}” ei ole ajalta 1.1.1990–31.12.2100, tai vuodessa on kaksi numeroa. Kirjoita vuosi "
        "neljällä numerolla.",
        "The day or year “{text}” is not between 1.1.1990 and 31.12.2100, or its year has two digits. Write the year "
        "with four digits.",
    ),
    "error_cell": (
        "Solussa on Excelin virhe {text}, joten sen arvoa ei tunneta. Kirjoita oikea arvo tai jätä se pois. "
        "Komennolle sen kertoo --ohita-virheet: solu luetaan tyhjäksi.",
        "The cell holds Excel's error {text}, so its value is not known. Write the value or leave it out; the command "
        "leaves it out with --ohita-virheet.",
    ),
    "formula_without_value": (
        "Solun kaavalla ei ole laskettua arvoa. Kirjoita arvo tai jätä se pois. Komennolle sen kertoo --ohita-virheet: "
        "solu luetaan tyhjäksi.",
        "The formula of the cell has no calculated value. Write the value or leave it out.",
    ),
    "closed_jakso": (
        "Jakso ”{jakso}” ei ota enää vastaan vastauksia. Pyydä koordinaattoria avaamaan jakso.",
        "The period “{jakso}” takes no more answers. Ask the coordinator to open it.",
    ),
    "other_jakso": (
        "Rivi on toisen jakson taulukosta, joten sitä ei lueta. Kirjoita vastaus jakson ”{jakso}” taulukkoon.",
        "The row is from the table of another period. Write the answer into the table of “{jakso}”.",
    ),
    "other_jakso/all": (
        "Taulukko on tehty toista jaksoa varten. Lataa jakson ”{jakso}” taulukko ja kopioi vastauksesi siihen.",
        "The table was made for another period. Download the table of “{jakso}” and copy your answers into it.",
    ),
    "unknown_id": (
        "Rivin tunniste on rikki, eikä nimestä tunnista toimenpidettä. Kopioi vastaus uuteen taulukkoon tai jätä rivi "
        "pois.",
        "The row's identifier is damaged and its name is not known. Copy the answer into a new table or leave it out.",
    ),
    "broken_id": (
        "Rivin piilotettu tunniste on rikki. Nimen perusteella rivi on ”{nimi}”.",
        "The hidden identifier of the row is damaged. By its name the row is “{nimi}”.",
    ),
    "other_toimiala": (
        "Rivin toimenpide ei ole toimialan ”{toimiala}”, joten vastausta ei tallenneta. Jätä rivi pois.",
        "The measure of the row does not belong to “{toimiala}”, so the answer is not saved. Leave the row out.",
    ),
    "not_yours": (
        "Rivin toimenpide on annettu toiselle henkilölle tai ei ole enää tällä jaksolla. Vastausta ei tallenneta.",
        "The measure of the row is another person's or no longer in this period. The answer is not saved.",
    ),
    "unknown_mittari": (
        "Rivin mittari ei ole tämän toimialan tai sitä ei enää seurata tällä jaksolla. Arvoa ei tallenneta.",
        "The indicator of the row is not of this unit or no longer followed in this period. The value is not saved.",
    ),
    "unknown_unit": (
        "Rivin toimenpide ei ole tämän toimialan tai tällä jaksolla, tai yksikkö on poistettu. Sitä ei tallenneta.",
        "The measure of the row is not of this unit or in this period, or its unit was removed. It is not saved.",
    ),
    "missing_unit": (
        "Rivillä on vastaus, mutta yksikön nimi puuttuu. Kirjoita, mikä yksikkö vastaa, tai jätä rivi pois.",
        "The row holds an answer but no name of a unit. Write which unit answers, or leave the row out.",
    ),
    "not_asked": (
        "Tätä ei kysytä tällä rivillä: kommentin kirjoittaa toimiala itse ja arvion antaa johtava toimiala. Jätä pois.",
        "This is not asked on the row: a comment is its own unit's and a score the leading unit's. Leave it out.",
    ),
    "too_many_units": (
        "Toimenpiteellä voi olla enintään {limit} yksikköä. Jätä rivi pois.",
        "A measure can have at most {limit} units. Leave the row out.",
    ),
    "unknown_toimenpide": (
        "Toimialalla ”{toimiala}” ei ole tämän nimistä toimenpidettä. Taulukolla ei voi lisätä toimenpiteitä: pyydä "
        "sitä koordinaattorilta.",
        "“{toimiala}” has no measure of this name. The table cannot add measures: ask the coordinator.",
    ),
    "ambiguous_row": (
        "Usealla toimenpiteellä on tämä nimi. Kopioi vastaus sille riville, joka oli alkuperäisessä taulukossa.",
        "Several measures have this name. Copy the answer to the original row.",
    ),
    "mixed_row": (
        "Rivin piilotettu tunniste on toimenpiteen ”{nimi}”, mutta nimi on toisen. Rivit ovat menneet sekaisin, ehkä "
        "kun vain osa sarakkeista järjestettiin. Valitse, luetaanko rivi nimen perusteella.",
        "The hidden identifier of the row belongs to “{nimi}” but the name to another: the rows have been mixed up.",
    ),
    "copied_row": (
        "Toimenpiteellä on taulukossa toinenkin rivi, solussa {first}, ja niissä on eri vastaus. Jos jätät tämän rivin "
        "pois, solun {first} rivi tallentuu. Jos se on väärä, poista se taulukosta ja palauta taulukko uudelleen.",
        "The measure has another row, in cell {first}, with another answer. Leave this row out to save that one, or "
        "remove that one from the table and hand the table in again.",
    ),
    "read_by_name": (
        "Riviltä puuttuu tunniste, joten se tunnistettiin nimestä.",
        "The row has no identifier, so it was known by its name.",
    ),
    "needs_decision/name": (
        "Toimenpiteen nimeä on muutettu taulukossa. Nimeä ei muuteta: se on yhä ”{nimi}”.",
        "The name of the measure was changed in the table. It is not changed: it is still “{nimi}”.",
    ),
    "score_and_reason": (
        "Rivillä on sekä toteutumisaste että syy, miksi ei arvioida. Poista toinen.",
        "The row has both a score and a reason for having none. Remove one of them.",
    ),
    "conflict/answers": (
        "Joku on tallentanut toisen arvon sen jälkeen, kun taulukko tehtiin. Sovelluksessa ({kuka}): ”{nyt}”. "
        "Taulukossa: ”{oma}”. Päätä, kumpi jää.",
        "Somebody has saved another value since the table was made. In the application ({kuka}): “{nyt}”. "
        "In the table: “{oma}”. Decide which one stays.",
    ),
    "missing_name": (
        "Riviltä puuttuu toimenpiteen nimi. Kirjoita nimi tai jätä rivi pois.",
        "The row has no name of a measure. Write the name or leave the row out.",
    ),
    "too_long": (
        "Teksti on liian pitkä: {length} merkkiä, enintään {limit}. Lyhennä sitä.",
        "The text is too long: {length} characters, at most {limit}. Shorten it.",
    ),
    "too_long/together": (
        "Teksti on liian pitkä, kun se lisätään tallennettuun: yhteensä {length} merkkiä, enintään {limit}. Lyhennä "
        "sitä.",
        "The text is too long when added to what is stored: {length} characters together, at most {limit}. Shorten it.",
    ),
    "ragged": (
        "Rivillä on eri määrä sarakkeita kuin otsikkorivillä ({width}, ei {expected}), joten riviä ei voi lukea. "
        "Jätä rivi pois ja lisää se tarvittaessa käsin.",
        "The row has another number of columns than the header row ({width}, not {expected}), so it cannot be read. "
        "Leave the row out and add it by hand if need be.",
    ),
    "duplicate_row": (
        "Sama toimenpide on jo solussa {first}. Säilytä molemmat omina riveinään, anna tälle toinen nimi tai jätä tämä "
        "pois. Komennolle sen kertoo --osat riveiksi (molemmat säilyvät) tai --ohita-virheet (tämä jää pois).",
        "The same measure is already in cell {first}. Keep both as rows of their own (--osat riveiksi), give this one "
        "another name, or leave this one out (--ohita-virheet).",
    ),
    "needs_decision/twin": (
        "Toimenpiteellä on sama nimi kuin solussa {first}. Molemmat säilytettiin omina riveinään.",
        "The measure has the same name as the one in {first}. Both were kept as rows of their own.",
    ),
    "duplicate_code": (
        "Koodi {koodi} on myös solussa {first}. Molemmat rivit säilytetään.",
        "The code {koodi} is in cell {first} too. Both rows are kept.",
    ),
    "carried_down": (
        "Tyhjään soluun luettiin sen yläpuolelta ”{text}”.",
        "The empty cell was read as “{text}” from above it.",
    ),
    "read_from_colour": (
        "Toteutumisaste {score} luettiin solun väristä.",
        "The score {score} was read from the colour of the cell.",
    ),
    "read_from_colour/word": (
        "Toteutumisaste {score} luettiin sanasta ”{text}”.",
        "The score {score} was read from the word “{text}”.",
    ),
    "lines_joined": (
        "Rivi jatkaa ylempää ({first}), joten sen tekstit liitettiin siihen.",
        "The line continues the one above ({first}), so its texts were joined to it.",
    ),
    "scale_read": (
        "Sarakkeen ”{heading}” arvot luettiin näin: {told}.",
        "The values of “{heading}” were read so: {told}.",
    ),
    "own_column": (
        "Sarake ”{heading}” säilyy omana sarakkeena.",
        "The column “{heading}” is kept as a column of your own.",
    ),
    "reading_known": (
        "Taulukko luettiin niin kuin aiemmin valittiin. Sivulla ”Miten luemme taulukon” voit muuttaa sitä.",
        "The table was read as was chosen earlier. You may change it on the page of its reading.",
    ),
    "spelling_joined": (
        "”{text}” luettiin samaksi kuin ”{joined}”.",
        "“{text}” was read as the same as “{joined}”.",
    ),
    "spelling_joined/state_day": (
        "”{text}” luettiin jaksoksi ”{joined}”, sillä sen tilannepäivä on sama.",
        "“{text}” was read as the period “{joined}”, whose state is of the same day.",
    ),
    "hidden": (
        "Rivi on piilotettu, mutta se luettiin.",
        "The row is hidden but was read.",
    ),
    "struck_through": (
        "Teksti on yliviivattu, mutta se luettiin. Jos toimenpiteestä on luovuttu, merkitse se tuonnin jälkeen "
        "päättyneeksi.",
        "The text is struck through but was read. If the measure has been given up, end it after the import.",
    ),
    "html_removed": (
        "Tekstin muotoilumerkinnät muutettiin riveiksi.",
        "The formatting marks of the text were turned into lines.",
    ),
    "typed_over": (
        "Solun arvon ”{before}” tilalle on kirjoitettu ”{text}”.",
        "“{text}” was typed over the cell's value “{before}”.",
    ),
    "typed_over/emptied": (
        "Solun arvo ”{before}” on poistettu.",
        "The cell's value “{before}” was taken away.",
    ),
    "typed_over/filled": (
        "Tyhjään soluun on kirjoitettu ”{text}”.",
        "“{text}” was typed into the empty cell.",
    ),
    "validity": (
        "Nimen lopussa on {years}. Esikatselussa voit ottaa sen voimassaoloksi. Teksti säilyy sellaisenaan.",
        "The name ends with {years}. In the preview you may take it as the time in force. The text stays as it is.",
    ),
    "validity/scored": (
        "Rivi on arvioitu jo jaksossa ”{jakso}”, joten alkuvuosi {year} jätettiin pois.",
        "The row was scored in “{jakso}” already, so the year it begins, {year}, was left out.",
    ),
    "needs_decision/measures": (
        "Taulukko ”{sheet}” luettiin painopisteiden ja tavoitteiden mittareiksi.",
        "The table “{sheet}” was read as measures of the priorities and goals.",
    ),
    "needs_decision/measures_left": (
        "Taulukko ”{sheet}” luettiin painopisteiden ja tavoitteiden mittareiksi. Sen muut sarakkeet ({columns}) jäivät "
        "pois.",
        "The table “{sheet}” was read as measures of the priorities and goals, without its columns {columns}.",
    ),
    "needs_decision/years": (
        "Voimassaoloa ”{text}” ei voi lukea vuosina, joten se jätettiin pois. Kirjoita vuosi tai vuodet, esimerkiksi "
        "2024–2026.",
        "“{text}” cannot be read as years in force, so it was left out. Write a year or years such as 2024–2026.",
    ),
    "needs_decision/shifted": (
        "Rivi näyttää siirtyneen sarakkeen vasemmalle: ”{text}” on muilla riveillä sarakkeessa ”{heading}”. Rivi "
        "luettiin sellaisenaan{option}.",
        "The row seems to have moved one column to the left: “{text}” stands under “{heading}” on other rows. The row "
        "was read as it is.",
    ),
    "shifted_back": (
        "Rivin solut siirrettiin tästä alkaen sarakkeen verran oikealle.",
        "The cells of the row were moved one column to the right from this cell on.",
    ),
    "needs_decision/sdg": (
        "Rivillä on vain kestävän kehityksen tavoite ”{text}” ilman toimenpidettä, joten sitä ei tuoda.",
        "The row holds only the sustainable development goal “{text}” and no measure, so it is not imported.",
    ),
    "needs_decision/colour": (
        "Solun väri ei ole vihreä, keltainen eikä punainen, joten toteutumisaste jätettiin tyhjäksi.",
        "The colour of the cell is not green, yellow or red, so the score was left empty.",
    ),
    "needs_decision/percent": (
        "Sarakkeen prosentit 0, 25, 50, 75 ja 100 luettiin toteutumisasteiksi 1–5.",
        "The column's per cents 0, 25, 50, 75 and 100 were read as scores 1–5.",
    ),
    "needs_decision/percent_nearest": (
        "Sarakkeen prosentit luettiin lähimmiksi toteutumisasteiksi: 0 % on 1, 25 % on 2, 50 % on 3, 75 % on 4 ja "
        "100 % on 5.",
        "The column's per cents were read as the nearest scores: 0 % is 1, 25 % 2, 50 % 3, 75 % 4 and 100 % 5.",
    ),
    "needs_decision/syy": (
        "Syytä ”{text}” ei tunneta, joten toteutumisaste jätettiin vastaamatta.",
        "The reason “{text}” is not known, so the score was left unanswered.",
    ),
    "needs_decision/differs": (
        "Saman toimenpiteen toisella rivillä ({first}) on tässä eri teksti. Ensimmäinen luettiin.",
        "Another row of the same measure ({first}) has a different text here. The first one was read.",
    ),
    "needs_decision/jakso": (
        "Toimenpiteellä on jaksossa ”{jakso}” kaksi riviä. Ensimmäinen on solussa {first}.",
        "The measure has two rows in the period “{jakso}”. The first is in cell {first}.",
    ),
}
