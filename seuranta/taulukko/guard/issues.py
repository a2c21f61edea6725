"""What can be wrong with a file as a whole: reason code -> one sentence in Finnish and one in English."""

from dataclasses import dataclass

from . import limits


@dataclass(frozen=True)
class Issue:
    """An error or a notice: its cell ("" for the whole file), its code, and what to tell a person.

    value: the text that it is about, as the cell holds it; "" where it is about no text.
    """

    cell: str
    code: str
    fi: str
    en: str
    value: str = ""


def refusal(code: str, **values) -> Issue:
    """The refusal of a whole file. `code` is a key of REFUSALS; `values` fill its sentences."""
    fi, en = REFUSALS[code]
    fi, en = fi.format(raja=_raja(" "), **values), en.format(raja=_raja(","), **values)
    return Issue("", code.partition("/")[0], fi, en)


def _raja(separator):
    """The limits that the sentences name, their thousands apart by this."""
    figures = {"megatavut": limits.MAX_BYTES // limits.MEGABYTE, "solut": limits.MAX_CELLS}
    figures |= {"rivit": limits.MAX_TOIMENPITEET, "sarakkeet": limits.MAX_COLUMNS, "lehdet": limits.MAX_SHEETS}
    return {name: f"{figure:,}".replace(",", separator) for name, figure in figures.items()}


# One code may have several sentences: what comes after "/" only tells them apart.
REFUSALS = {
    "corrupt": (
        "Tiedosto on vioittunut, eikä sitä voi lukea. Avaa se Excelissä, tallenna uudelleen muodossa .xlsx "
        "ja yritä uudelleen.",
        "The file is damaged and cannot be read. Open it in Excel, save it again as .xlsx and try again.",
    ),
    "empty_file": (
        "Tiedosto on tyhjä. Tarkista, että valitsit oikean tiedoston.",
        "The file is empty. Check that you chose the right file.",
    ),
    "not_xlsx": (
        "Tiedosto ei ole Excel-työkirja, vaikka sen nimi voi niin sanoa. Avaa taulukko Excelissä ja tallenna "
        "muodossa .xlsx.",
        "The file is not an Excel workbook, whatever its name says. Open the table in Excel and save it as .xlsx.",
    ),
    "not_text": (
        "Tiedosto ei ole tekstiä, eikä siitä voi lukea taulukkoa. Tallenna taulukko Excelissä muodossa .xlsx.",
        "The file is not text and holds no readable table. Save the table in Excel as .xlsx.",
    ),
    "html_not_excel": (
        "Tiedosto on verkkosivu, ei Excel-työkirja. Avaa se Excelissä ja tallenna muodossa .xlsx.",
        "The file is a web page, not an Excel workbook. Open it in Excel and save it as .xlsx.",
    ),
    "old_format": (
        "Tiedosto on vanhaa Excel-muotoa. Avaa se Excelissä ja tallenna muodossa .xlsx.",
        "The file is in Excel's old format. Open it in Excel and save it as .xlsx.",
    ),
    "encrypted": (
        "Tiedosto on suojattu salasanalla. Poista salasana Excelissä, tallenna ja yritä uudelleen.",
        "The file is protected by a password. Remove the password in Excel, save and try again.",
    ),
    "type_mismatch": (
        "Tiedoston nimi päättyy {suffix}, mutta sisältö on {fi}. Avaa taulukko Excelissä ja tallenna muodossa .xlsx.",
        "The name of the file ends in {suffix} but it holds {en}. Open the table in Excel and save it as .xlsx.",
    ),
    "macro": (
        "Tiedostossa on makroja, eikä sellaisia oteta vastaan. Tallenna taulukko Excelissä muodossa .xlsx.",
        "The file holds macros, which are not accepted. Save the table in Excel as .xlsx.",
    ),
    "xml_dtd": (
        "Tiedostossa on rakenteita, joita Excel ei koskaan kirjoita, joten sitä ei lueta. Avaa se Excelissä ja "
        "tallenna muodossa .xlsx.",
        "The file holds structures that Excel never writes, so it is not read. Open it in Excel and save it as .xlsx.",
    ),
    "zip_bomb": (
        "Tiedosto on avattuna aivan liian suuri. Kopioi taulukko uuteen työkirjaan ja tallenna muodossa .xlsx.",
        "The file is far too large when unpacked. Copy the table to a new workbook and save it as .xlsx.",
    ),
    "too_large": (
        "Tiedosto on liian suuri: enintään {raja[megatavut]} megatavua ja {raja[solut]} solua. Poista "
        "ylimääräiset rivit ja sarakkeet, myös tyhjät muotoillut.",
        "The file is too large: at most {raja[megatavut]} megabytes and {raja[solut]} cells. Remove "
        "the rows and columns not needed, formatted empty ones too.",
    ),
    "too_large/dear": (
        "Tiedoston lukeminen vei liikaa aikaa tai muistia, joten se keskeytettiin. Poista sarakkeet, joita seuranta ei "
        "tarvitse, tai jaa rivit useaan tiedostoon. Jos tiedosto on pieni, kopioi pelkkä taulukko uuteen työkirjaan.",
        "Reading the file took too much time or memory, so it was stopped. Remove the columns that are not needed or "
        "divide the rows into several files. If the file is small, copy only the table to a new workbook.",
    ),
    "too_large/slow": (
        "Palvelimella on nyt paljon muuta työtä, eikä tiedostoa ehditty lukea. Yritä hetken kuluttua uudelleen. Jos se "
        "ei auta, poista tarpeettomat sarakkeet tai jaa rivit useaan tiedostoon.",
        "The server has much other work just now, and there was no time to read the file. Try again in a moment. If "
        "that does not help, remove the columns that are not needed or divide the rows into several files.",
    ),
    "busy": (
        "Palvelin lukee juuri muita tiedostoja. Odota hetki ja yritä uudelleen.",
        "The server is reading other files just now. Wait a moment and try again.",
    ),
    "too_many_members": (
        "Tiedostossa on liian monta osaa. Kopioi taulukko uuteen työkirjaan ja tallenna muodossa .xlsx.",
        "The file has too many parts. Copy the table to a new workbook and save it as .xlsx.",
    ),
    "too_many_sheets": (
        "Työkirjassa on liian monta välilehteä: enintään {raja[lehdet]}. Poista tarpeettomat ja yritä uudelleen.",
        "The workbook has too many sheets: at most {raja[lehdet]}. Remove those not needed and try again.",
    ),
    "too_many_rows": (
        "Taulukossa on liian monta riviä: enintään {raja[rivit]}. Jaa se useaan tiedostoon.",
        "The table has too many rows: at most {raja[rivit]}. Divide it into several files.",
    ),
    "too_many_columns": (
        "Taulukossa on liian monta saraketta: enintään {raja[sarakkeet]}. Poista tarpeettomat ja yritä uudelleen.",
        "The table has too many columns: at most {raja[sarakkeet]}. Remove those not needed and try again.",
    ),
    "strict_ooxml": (
        "Tiedosto on tallennettu muodossa Strict Open XML, jota ei osata lukea. Tallenna se Excelissä tavallisessa "
        "muodossa .xlsx.",
        "The file was saved as Strict Open XML, which is not read. Save it in Excel as an ordinary .xlsx.",
    ),
    "encoding": (
        "Tiedoston ääkköset ovat rikkoutuneet. Tallenna taulukko Excelissä muodossa .xlsx tai ”CSV UTF-8”.",
        "The letters of the file are broken. Save the table in Excel as .xlsx or as “CSV UTF-8”.",
    ),
    "control_chars": (
        "Tiedoston rivillä {row} on merkki, jota ei voi näyttää. Poista se ja yritä uudelleen.",
        "Line {row} of the file holds a character that cannot be shown. Remove it and try again.",
    ),
    "unbalanced_quotes": (
        "Tiedoston lainausmerkit eivät täsmää rivillä {row}, joten sarakkeet menisivät sekaisin. Tallenna taulukko "
        "Excelissä muodossa .xlsx.",
        "The quotation marks of the file do not match on line {row}, so the columns would be mixed up. Save the table "
        "in Excel as .xlsx.",
    ),
    "ragged": (
        "Riveillä on eri määrä sarakkeita kuin otsikkorivillä, joten tiedot menisivät vääriin sarakkeisiin. Valitse "
        "otsikkorivi (komennolla --otsikkorivi N): rivit luetaan, ja poikkeavat jäävät ratkaistaviksi.",
        "The rows have another number of columns than the header row, so values would land in wrong columns. Choose "
        "the header row (--otsikkorivi N): the rows are read, and those that differ wait to be settled.",
    ),
    "no_rows": (
        "Tiedostossa ei ole yhtään toimenpideriviä. Tarkista, että valitsit oikean tiedoston ja että otsikot ovat "
        "siinä, mistä ne luettiin (komennolla --otsikkorivi N).",
        "The file has no row with a measure. Check that you chose the right file, and where its headings are "
        "(--otsikkorivi N).",
    ),
    "no_header": (
        "Tiedostosta ei löydy otsikkoriviä. Valitse rivi, jolla otsikot ovat (komennolla --otsikkorivi N; jos "
        "otsikoita ei ole, --otsikkorivi 0), ja toimenpiteiden sarake (--sarake KIRJAIN=toimenpide).",
        "No header row was found. Choose the row of the headings (--otsikkorivi N; where there are none, --otsikkorivi "
        "0) and the column of the measures (--sarake KIRJAIN=toimenpide).",
    ),
    "no_header/answers": (
        "Tiedosto ei ole vastaustaulukko: siitä puuttuu otsikkorivi, jolla ovat Toimenpide ja Toteutumisaste tai "
        "Kommentti. Lataa vastaustaulukko uudelleen ja kopioi vastauksesi siihen.",
        "The file is not an answer table: it has no header row with Toimenpide and Toteutumisaste or Kommentti. "
        "Download the table again and copy your answers into it.",
    ),
    "missing_column": (
        "Otsikoista ei näe, missä sarakkeessa toimenpiteet ovat. Valitse se (komennolla --sarake OTSIKKO=toimenpide).",
        "The headings do not tell which column holds the measures. Choose it (--sarake OTSIKKO=toimenpide).",
    ),
    "missing_column/left_out": (
        "Toimenpiteiden sarake on jätetty pois, eikä rivejä voi lukea ilman sitä. Valitse se (komennolla --sarake "
        "OTSIKKO=toimenpide).",
        "The column of measures has been left out, and no row can be read without it. Choose it (--sarake "
        "OTSIKKO=toimenpide).",
    ),
    "missing_column/turned": (
        "Taulukko näyttää kortilta tai kyljelleen käännetyltä: ensimmäisessä sarakkeessa on otsikoita. "
        "Jos se on tavallinen taulukko, valitse toimenpiteiden sarake (komennolla --sarake OTSIKKO=toimenpide).",
        "The table looks like a card or one turned on its side: its first column holds headings, not measures. If it "
        "is a plain table, choose the column of measures (--sarake OTSIKKO=toimenpide).",
    ),
    "missing_column/levels": (
        "Samassa sarakkeessa on monen tason nimiä, eikä mikään kerro, mitkä niistä ovat toimenpiteitä. Jos kaikki "
        "ovat, valitse sarake toimenpiteiksi (komennolla --sarake OTSIKKO=toimenpide).",
        "One column holds names of several levels, and nothing tells which of them are measures. If all are, choose it "
        "as the column of measures (--sarake OTSIKKO=toimenpide).",
    ),
    "duplicate_header": (
        "Otsikko ”{heading}” on kahdessa sarakkeessa ({cells}), eikä voi tietää, kumpaa tarkoitat. Valitse, "
        "mitä kummassakin on (komennolla --sarake KIRJAIN=ROOLI).",
        "The heading “{heading}” stands over two columns ({cells}), and there is no knowing which one you mean. "
        "Choose what each of them is (--sarake KIRJAIN=ROOLI).",
    ),
    "unknown_cell": (
        "Solua {cell} ei ole tiedostossa, joten siihen kirjoitettua arvoa ei voi käyttää. Tarkista solun nimi.",
        "There is no cell {cell} in the file, so the value typed over it cannot be used. Check the cell's name.",
    ),
    "unknown_header": (
        "Saraketta {column} ei ole tiedostossa tai sille annettua merkitystä ei tunneta. Valitse sarakkeet uudelleen "
        "(komennolla --sarake).",
        "Column {column} is not in the file, or the meaning given to it is not known. Choose the columns again "
        "(--sarake).",
    ),
}
