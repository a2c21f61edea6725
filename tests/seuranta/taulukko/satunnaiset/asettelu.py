"""Teot + columns -> the sheets of a table, each a grid of Solut, and what a right reading holds of every row."""

from .malli import Rivitotuus, Solu, Totuus
from .sarakkeet import is_flexible

KENTAT = {"toimiala": "toimiala", "vastuu": "vastuu", "toimielin": "toimielin", "mittari": "mittari"}


def letters(column):
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Arkki:
    """One sheet under construction: rows of {column: Solu}, counted from 1."""

    def __init__(self, nimi, on_piilossa=False):
        self.nimi, self.rivit, self.on_piilossa = nimi, [], on_piilossa
        self.tasosarakkeet, self.datarivit = [], set()

    def add(self, cells):
        self.rivit.append(dict(cells))
        return len(self.rivit)

    def address(self, row, column):
        place = f"{letters(column)}{row}"
        return f"{self.nimi}!{place}" if self.nimi else place

    def filled(self):
        for row, cells in enumerate(self.rivit, 1):
            for column, solu in cells.items():
                if solu.arvo is not None:
                    yield self.address(row, column), solu


class Asettelija:
    """Writes the deeds sheet by sheet and notes the truth as it goes."""

    def __init__(self, noppa, plan, columns, deeds, texts):
        self.noppa, self.plan, self.columns, self.texts = noppa, plan, columns, texts
        self.deeds, self._band_cell, self.kopiot = deeds, "", set()
        self.arkit, self.otsikot, self.summat = [], set(), []
        self.rivit = {}
        self.first = plan.ensi_sarake
        self.join = noppa.random() < 0.5  # whether parents of headings are merged
        self.down = noppa.choice(["alas", "ylos", "yhdistetty"])
        self.repeat = noppa.choice(["", "", "", "", "väli", "sivu"])
        self.titles = self._titles()
        self.totals = self._wants_totals()

    # --- sheets

    def lay(self) -> Totuus:
        plan = self.plan
        if plan.jaksotapa == "valilehti":
            for jakso, label in enumerate(plan.jaksot):
                self._sheet(self._safe(label), self.deeds, jakso)
        elif "valilehti" in (plan.ylin, plan.yksikkotapa):
            key = (lambda deed: deed.tasot[0]) if plan.ylin == "valilehti" else (lambda deed: deed.toimiala)
            for name in dict.fromkeys(key(deed) for deed in self.deeds):
                self._sheet(self._safe(name), [deed for deed in self.deeds if key(deed) == name], None)
        else:
            name = "" if plan.muoto == "csv" else self._sheet_name()
            self._sheet(name, self.deeds, None)
            if name and self.noppa.random() < 0.04:
                self._copy(name)
        if plan.muoto != "csv":
            self._more_sheets()
        return self._truth()

    def _copy(self, name):
        """An older copy of the same table: the same rows, other answers."""
        truth, totals, self.rivit = self.rivit, list(self.summat), {}
        for deed in self.deeds:
            deed.asteet = [self.noppa.choice([*self.plan.asteikko.asteet, None]) for _ in deed.asteet]
        self._sheet(f"{name} (2)", self.deeds, None)
        self.rivit, self.summat, self.kopiot = truth, totals, {f"{name} (2)"}

    def _safe(self, name):
        return "".join(" " if char in "[]:*?/\\\n" else char for char in name)[:31].strip()

    def _sheet_name(self):
        if self.plan.kuvaus["vuodeton"]:
            return "Seuranta"
        year = self.plan.vuosi
        return self.noppa.choice(["Seuranta", "Taul1", f"Seuranta {year}", "Toimenpiteet", "Sheet1", f"{year}"])

    def _titles(self):
        plan, place = self.plan, self.texts.place()
        year = plan.vuosi if self.noppa.random() < 0.8 and not plan.kuvaus["vuodeton"] else ""
        line = {
            "fi": f"Strategian toimenpideohjelman seuranta {year}",
            "sv": f"Uppföljning av strategin {year}",
            "en": f"Strategic plan progress report {year}",
        }[plan.kieli].strip()
        lines = self.noppa.choice([[], [line], [place, line], [f"{place} – {line}"], [line, None]])
        dated = any(each[:2].isdigit() and each.endswith(".") for each in plan.jaksot)
        plan.kuvaus["vuosi otsikossa"] = bool(year) and line in " ".join(filter(None, lines))
        plan.kuvaus["päivä ilman vuotta"] = dated
        return lines

    def _sheet(self, name, deeds, jakso):
        arkki = Arkki(name)
        arkki.tasosarakkeet = [self.first + n for n, column in enumerate(self.columns) if column.luokka == "taso"]
        self.arkit.append(arkki)
        legend = list(self.plan.asteikko.legenda)
        legend_on_top = legend and self.noppa.random() < 0.4
        for line in [*self.titles, *(legend if legend_on_top else [])]:
            arkki.add({self.first: Solu(line)} if line else {})
        if self.titles and self.noppa.random() < 0.3:
            arkki.add({})
        if not self._starts_with_band(deeds):
            self._header(arkki)
        self._rows(arkki, deeds, jakso)
        self._foot(arkki, [] if legend_on_top else legend)

    def _header(self, arkki):
        depth = max(len(column.otsikko) for column in self.columns)
        grid = [{} for _ in range(depth)]
        for number, column in enumerate(self.columns):
            path, place = column.otsikko, self.first + number
            short = len(path) < depth
            down = depth - len(path) if short and self.down == "alas" else 0
            for level, text in enumerate(path):
                last = level == len(path) - 1
                covers = depth - len(path) if short and last and self.down == "yhdistetty" and self._merges() else 0
                if not last and number and self._same_parent(number, level):
                    continue
                grid[level + (down if last else 0)][place] = Solu(
                    text or None, alas=covers, oikealle=0 if last else self._width(number, level)
                )
        for cells in grid:
            row = arkki.add(cells)
            self.otsikot |= {arkki.address(row, column) for column in range(1, self.first + len(self.columns))}

    def _merges(self):
        return self.plan.muoto != "csv"

    def _same_parent(self, number, level):
        path, before = self.columns[number].otsikko, self.columns[number - 1].otsikko
        return len(before) > level + 1 and before[: level + 1] == path[: level + 1]

    def _width(self, number, level):
        if not (self.join and self._merges()):
            return 0
        width = 0
        while number + width + 1 < len(self.columns) and self._same_parent(number + width + 1, level):
            width += 1
        return width

    # --- rows

    def _band(self, deed):
        if self.plan.ylin == "vali":
            return deed.tasot[0]
        return deed.toimielin if self.plan.yksikkotapa == "vali" else None

    def _starts_with_band(self, deeds):
        return self.repeat == "väli" and self._band(deeds[0]) is not None

    def _rows(self, arkki, deeds, jakso):
        last = band = None
        for number, deed in enumerate(deeds):
            if (own := self._band(deed)) is not None and own != band:
                wide = len(self.columns) - 1 if self._merges() and self.noppa.random() < 0.4 else 0
                if last and self.totals == "ryhmät":
                    self._total(arkki, deeds, jakso, band)
                row = arkki.add(
                    {self.first: Solu(own.upper() if self.plan.yksikkotapa == "vali" else own, oikealle=wide)}
                )
                band = arkki.address(row, self.first)
                if self.repeat == "väli":
                    self._header(arkki)
                last, self._band_cell, band = None, band, own
            elif self.repeat == "sivu" and number and number % 8 == 0:
                self._header(arkki)
                last = None
            self._deed(arkki, deed, last, jakso)
            last = deed
        if self.totals:
            self._total(arkki, deeds, jakso, None)

    def _deed(self, arkki, deed, last, jakso):
        cells, row = {}, len(arkki.rivit) + 1
        for number, column in enumerate(self.columns):
            cells[self.first + number] = self._cell(deed, column, number, last, jakso)
        if self.plan.asteikko.tapa == "rivin_vari" and deed.asteet[0]:
            for solu in cells.values():
                solu.tayte = deed.asteet[0].tayte
        arkki.datarivit.add(arkki.add({place: s for place, s in cells.items() if s.arvo is not None or s.tayte}))
        self._note(arkki, row, deed, jakso)
        if deed.jatko and self._comment_column(jakso) is not None:
            arkki.datarivit.add(arkki.add({self.first + self._comment_column(jakso): Solu(deed.jatko)}))

    def _comment_column(self, jakso):
        found = [n for n, column in enumerate(self.columns) if column.luokka == "kommentti"]
        return found[-1] if found else None

    def _cell(self, deed, column, number, last, jakso):
        kind = column.luokka
        period = jakso if jakso is not None else column.jakso
        if kind == "taso":
            return self._level(deed, column.tieto, last)
        if kind in ("koodi", "numero"):
            return Solu(deed.koodi)
        if kind == "alin":
            return Solu(deed.nimi)
        if kind in ("toimiala", "vastuu", "toimielin"):
            return Solu(getattr(deed, kind))
        if kind == "aste":
            aste = deed.asteet[period]
            return Solu(aste.arvo, aste.tayte, aste.muoto) if aste else Solu()
        if kind == "rasti":
            return Solu("x" if deed.asteet[period] is column.tieto else None)
        if kind == "kommentti":
            aste = deed.asteet[period]
            fill = aste.tayte if aste and self.plan.asteikko.tapa == "muu_vari" else ""
            return Solu(deed.kommentit[period], fill)
        value = deed.arvot.get(number)
        return Solu(value, muoto="dd.mm.yyyy" if hasattr(value, "year") else "")

    def _level(self, deed, depth, last):
        if self.plan.toisto == "joka" or last is None or last.tasot[: depth + 1] != deed.tasot[: depth + 1]:
            return Solu(deed.tasot[depth])
        return Solu()

    # --- what is no row

    def _wants_totals(self):
        if self.noppa.random() > 0.2:
            return ""
        sums = [c for c in self.columns if c.luokka == "oma" and c.tieto in ("eurot", "tuhannet", "kappaleet")]
        means = self.plan.asteikko.nimi == "numerot"
        if not sums and not means:
            return ""
        has_bands = self.plan.ylin == "vali" or self.plan.yksikkotapa == "vali"
        return "ryhmät" if has_bands and self.noppa.random() < 0.5 else "loppu"

    def _total(self, arkki, deeds, jakso, band):
        """A line of sums or means; of a group it names the group."""
        kieli = self.plan.kieli
        sums = {
            n: sum(deed.arvot.get(n) or 0 for deed in deeds)
            for n, column in enumerate(self.columns)
            if column.luokka == "oma" and column.tieto in ("eurot", "tuhannet", "kappaleet")
        }
        word = {"fi": "Yhteensä", "sv": "Totalt", "en": "Total"}[kieli]
        if not sums:
            scores = [n for n, column in enumerate(self.columns) if column.luokka == "aste"]
            sums = {n: round(self.noppa.randint(20, 48) / 10, 1) for n in scores}
            word = {"fi": "Keskiarvo", "sv": "Medeltal", "en": "Average"}[kieli]
            if band and kieli == "fi":
                word = f"{band} ka."
        name = next(n for n, column in enumerate(self.columns) if column.luokka in ("taso", "alin"))
        cells = {self.first + name: Solu(word)} | {self.first + n: Solu(value) for n, value in sums.items()}
        row = arkki.add(cells)
        self.summat += [arkki.address(row, column) for column in cells]

    def _foot(self, arkki, legend):
        lines = [*legend]
        if self.noppa.random() < 0.25:
            lines.append(
                {
                    "fi": "Laatija: kehittämispäällikkö, päivitetty 12.9.",
                    "sv": "Sammanställt av utvecklingschefen.",
                    "en": "Prepared by the planning office.",
                }[self.plan.kieli]
            )
        if lines:
            arkki.add({})
        for line in lines:
            arkki.add({self.first: Solu(line)})

    def _more_sheets(self):
        chance = self.noppa.random()
        if chance < 0.06:
            guide = Arkki({"fi": "Ohje", "sv": "Anvisning", "en": "Guide"}[self.plan.kieli])
            for line in {
                "fi": ["Ohje raportoijalle", "1. Suodata oman toimialasi rivit.", "2. Kirjoita arvio ja kommentti."],
                "sv": ["Anvisning", "1. Filtrera egna rader.", "2. Skriv en bedömning och en kommentar."],
                "en": ["Guide", "1. Filter your own rows.", "2. Write an assessment and a comment."],
            }[self.plan.kieli]:
                guide.add({1: Solu(line)})
            self.arkit.insert(0, guide)
        elif chance < 0.1:
            lists = Arkki({"fi": "Valikot", "sv": "Listor", "en": "Lists"}[self.plan.kieli], on_piilossa=True)
            for number in range(1, 6):
                lists.add({1: Solu(number), 3: Solu(self.texts.some({self.plan.kieli: ["A", "B", "C"]}, 1)[0])})
            self.arkit.append(lists)

    # --- the truth

    def _note(self, arkki, row, deed, jakso):
        at = {n: arkki.address(row, self.first + n) for n in range(len(self.columns))}
        truth = self.rivit.get(id(deed))
        if truth is None:
            truth = self.rivit[id(deed)] = self._new(arkki, row, deed, at)
        truth.solut.append(arkki.address(row, self._name_place()))
        for period in range(len(self.plan.jaksot)):
            if jakso in (None, period):
                truth.asteet[period] = self._status_truth(deed, period, jakso, at)
                truth.kommentit[period] = self._comment_truth(deed, period, jakso, at)
        for n, column in enumerate(self.columns):
            value = deed.arvot.get(n)
            if value is None:
                continue
            solu = self._cell(deed, column, n, None, jakso)
            if column.luokka in ("oma", "aikarasti"):
                truth.omat.append((column, solu, at[n]))
            elif column.luokka not in ("mittari", "suunta"):
                truth.luvut.append((column, solu, at[n]))

    def _name_place(self):
        return self.first + next(n for n, column in enumerate(self.columns) if column.luokka == "alin")

    def _new(self, arkki, row, deed, at):
        levels, fields = [], []
        for depth, (text, luokka) in enumerate(zip(deed.tasot, self.plan.luokat, strict=True)):
            column = next((n for n, c in enumerate(self.columns) if c.luokka == "taso" and c.tieto == depth), None)
            if column is None:
                is_band = self.plan.ylin == "vali"
                levels.append((text if is_band else self._safe(text), None, self._band_cell if is_band else ""))
            else:
                levels.append((text, None if is_flexible(self.columns[column]) else luokka, at[column]))
        for n, column in enumerate(self.columns):
            if column.luokka in KENTAT:
                text = deed.arvot[n] if column.luokka == "mittari" else getattr(deed, column.luokka)
                fields.append((column.luokka if column.on_tuttu else None, text, at[n]))
            elif column.luokka == "koodi":
                fields.append(("koodi" if column.on_tuttu else None, deed.koodi, at[n]))
            elif column.luokka == "numero":
                fields.append((None, deed.koodi, at[n]))
        if self.plan.yksikkotapa == "vali":
            fields.append(("yksikko", deed.toimielin.upper(), self._band_cell))
        elif self.plan.yksikkotapa == "valilehti":
            fields.append(("yksikko", self._safe(deed.toimiala), ""))
        empty = [None] * len(self.plan.jaksot)
        name = arkki.address(row, self._name_place())
        return Rivitotuus(deed.nimi, name, [], levels, fields, [*empty], [*empty], [], [])

    def _status_truth(self, deed, period, jakso, at):
        tapa, aste = self.plan.asteikko.tapa, deed.asteet[period]
        own = [
            n
            for n, column in enumerate(self.columns)
            if column.luokka == ("kommentti" if tapa == "muu_vari" else "rasti" if tapa.startswith("rasti") else "aste")
            and (jakso is not None or column.jakso == period)
        ]
        cells = list(at.values()) if tapa == "rivin_vari" else [at[n] for n in own]
        return ((None,), False, cells) if aste is None else (aste.luvut, aste.on_kysyttava, cells)

    def _comment_truth(self, deed, period, jakso, at):
        own = [
            n
            for n, column in enumerate(self.columns)
            if column.luokka == "kommentti" and (jakso is not None or column.jakso == period)
        ]
        if not own:
            return [], []
        parts, cells = [deed.kommentit[period]] if deed.kommentit[period] else [], [at[n] for n in own]
        if deed.jatko and own[-1] == self._comment_column(jakso):
            parts.append(deed.jatko)
            cells.append(self.arkit[-1].address(len(self.arkit[-1].rivit) + 1, self.first + own[-1]))
        return parts, cells

    def _truth(self):
        plan = self.plan
        codes = set(plan.asteikko.koodit)
        if any(aste and aste.on_kysyttava for deed in self.deeds for aste in deed.asteet) and not codes:
            codes = {"unknown_word"}
        told_year = plan.kuvaus["vuosi otsikossa"] or any(str(plan.vuosi) in arkki.nimi for arkki in self.arkit)
        if plan.kuvaus["päivä ilman vuotta"] and not told_year and str(plan.vuosi) not in plan.kuvaus["tiedosto"]:
            codes.add("year_needed")
        kinds = {column.luokka: column for column in self.columns}
        if any("/" in deed.toimiala for deed in self.deeds) and "toimiala" in kinds and kinds["toimiala"].on_tuttu:
            codes |= set() if plan.kaksikielinen else {"several_toimialat"}
        if self.kopiot:
            codes.add("older_copy")
        allowed = {"trend_or_status"} if "suunta" in kinds else set()
        if plan.asteikko.tapa == "ei":
            codes |= allowed
        if "valilehti" in (plan.ylin, plan.yksikkotapa) and any(
            not column.on_tuttu for column in self.columns if column.luokka in ("taso", "toimiala")
        ):  # a sheet's name is asked where both a level and the unit may be what it tells
            allowed = allowed | {"sheet_level"}
        has_follow_up = any(c.luokka in ("aste", "rasti", "kommentti") for c in self.columns)
        has_follow_up = has_follow_up or plan.asteikko.tapa in ("muu_vari", "rivin_vari")
        self.arkit = [arkki for arkki in self.arkit if plan.muoto == "xlsx" or not arkki.on_piilossa]
        everything = {cell: solu for arkki in self.arkit for cell, solu in arkki.filled()}
        jaksoja = len(plan.jaksot) if has_follow_up else 0
        return Totuus(
            list(self.rivit.values()),
            jaksoja,
            plan.jaksot,
            codes,
            self.summat,
            self.otsikot,
            everything,
            allowed,
            self.kopiot,
        )
