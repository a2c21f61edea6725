"""Seurantajakso -> what to look at in its measures before it is closed: what is missing, what goes against a score."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategia.models import Mittari, Tavoitearvo

from ..models import Kirjaus, MittariArvo, Seurantajakso
from ..tulos import Arvo, Suunta, move_of, show_value, target_in_force

LAJIT = {
    "tavoite_puuttuu": gettext_lazy("Mittarilla ei ole tavoitetta"),
    "arvo_puuttuu": gettext_lazy("Mittarin arvo puuttuu"),
    "arvo_heikkeni": gettext_lazy("Mittarin arvo heikkeni, vaikka toteutumisaste nousi"),
}
KESKEN = (Kirjaus.Tila.LUONNOS, Kirjaus.Tila.PALAUTETTU)


@dataclass(frozen=True)
class Mittaritilanne:
    """A measure in the jakso: its target in force, its value and the one of the jakso before; None of what is not."""

    mittari: Mittari
    tavoite: Tavoitearvo | None
    arvo: Arvo | None
    ennen: Arvo | None
    on_seurattu: bool
    huomautus: str = ""
    tila: str = ""  # its own: that of a toimenpide's is its kirjaus's

    @property
    def julkaistavat(self):
        """[(word, text)] of what the report publishes of it."""
        name = self.mittari.nimi
        texts = ((_("mittari"), name), (name, self.arvo.teksti if self.arvo else ""), (name, self.huomautus))
        return [pair for pair in texts if pair[1]]

    def find(self, aste=None, edellinen_aste=None):
        """[(laji, what of it)]; the scores are those of its toimenpide."""
        name = self.mittari.nimi
        if self.tavoite is None and self._asks_target:
            yield "tavoite_puuttuu", name
        if self.arvo is None and self.on_seurattu:
            yield "arvo_puuttuu", name
        if self.tila in KESKEN:
            yield self.tila, name
        rose = aste and edellinen_aste and aste > edellinen_aste
        if rose and move_of(self.mittari, self.arvo, self.ennen) == Suunta.HEIKKENI:
            told = _("%(nimi)s: %(ennen)s → %(nyt)s, toteutumisaste %(oli)s → %(on)s")
            values = {"ennen": show_value(self.mittari, self.ennen), "nyt": show_value(self.mittari, self.arvo)}
            yield "arvo_heikkeni", told % {"nimi": name, **values, "oli": edellinen_aste, "on": aste}

    @property
    def _asks_target(self):
        """A text, and a number without a better, can do without."""
        kind = self.mittari.laji
        return kind == Mittari.Laji.KYLLA_EI or (self.mittari.is_numeric and self.mittari.suunta != Mittari.Suunta.EI)


@dataclass(frozen=True)
class Mittaritilanteet:
    """{toimenpide's id: those of its measures}, and those of the headings in the order of their parents."""

    toimenpiteiden: dict = field(default_factory=dict)
    otsikoiden: list = field(default_factory=list)


def read_tilanteet(jakso: Seurantajakso, edellinen: Seurantajakso | None) -> Mittaritilanteet:
    """One query where there are no measures, four where there are."""
    of_plan = Mittari.objects.filter(kunta=jakso.kunta_id, strategia=jakso.strategia_id)
    mine = of_plan.in_force(jakso.alkaa, jakso.paattyy)
    mittarit = list(mine.select_related("toimiala").defer("haku", "alkuperainen").in_order())
    if not mittarit:
        return Mittaritilanteet()
    tavoitteet, arvot, outside = _read_tavoitteet(jakso), _read_arvot(jakso, edellinen), _read_outside(jakso)
    tilanteet = Mittaritilanteet()
    for mittari in mittarit:
        (own, note, tila), (before, *_rest) = (
            arvot.get((each and each.pk, mittari.pk), (None, "", "")) for each in (jakso, edellinen)
        )
        told = own or outside.get(mittari.pk)
        # One of which nobody has said more than its name is followed in the comments.
        is_followed = bool(tavoitteet[mittari.pk] or mittari.lahto_teksti.strip() or before)
        tavoite = target_in_force(tavoitteet[mittari.pk], jakso.vuosi)
        tilanne = Mittaritilanne(mittari, tavoite, told, before, is_followed, note, tila)
        if mittari.toimenpide_id:
            tilanteet.toimenpiteiden.setdefault(mittari.toimenpide_id, []).append(tilanne)
        else:
            tilanteet.otsikoiden.append(tilanne)
    return tilanteet


def _of_plan(model, jakso):
    """What the measures of the jakso's strategia have."""
    return model.objects.filter(kunta=jakso.kunta_id, mittari__strategia=jakso.strategia_id)


def _read_tavoitteet(jakso):
    found = defaultdict(list)
    for tavoite in _of_plan(Tavoitearvo, jakso).defer("alkuperainen"):
        found[tavoite.mittari_id].append(tavoite)
    return found


def _read_arvot(jakso, edellinen):
    """{(jakso's id, measure's id): (value or None, its note, its own tila)} of both, sent or not."""
    rows = _of_plan(MittariArvo, jakso).filter(jakso__in=[each for each in (jakso, edellinen) if each])
    names = ("jakso_id", "mittari_id", "huomautus", "tila", "teksti", "luku")
    return {
        (j, m): (Arvo(teksti, luku) if teksti.strip() else None, note, tila)
        for j, m, note, tila, teksti, luku in rows.values_list(*names)
    }


def _read_outside(jakso):
    """{measure's id: its value of a day in the jakso, or of a year that ends in it}."""
    rows = _of_plan(MittariArvo, jakso).filter(jakso=None)
    if not (jakso.alkaa and jakso.paattyy):
        return {}
    years = [year for year in (jakso.alkaa.year, jakso.paattyy.year) if f"{year}-12-31" <= jakso.paattyy.isoformat()]
    of_jakso = rows.filter(paiva__range=(jakso.alkaa, jakso.paattyy)) | rows.filter(vuosi__in=years)
    return {m: Arvo(teksti, luku) for m, teksti, luku in of_jakso.values_list("mittari_id", "teksti", "luku")}
