"""`manage.py tuo FILE --kunta NIMI`: import a municipality's own spreadsheet."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from seuranta.models import Seurantajakso
from seuranta.taulukko.guard import Issue
from seuranta.taulukko.rows import Luettu
from seuranta.taulukko.sandbox import read_in_child
from seuranta.tiedosto.paatokset import Laji
from seuranta.tiedosto.plan import Plan
from seuranta.tuonti.apply import apply_plan
from seuranta.tuonti.luku import by_laji, read_first
from seuranta.tuonti.optiot import add_options, read_options
from seuranta.tuonti.plan import Target, build_plan, known_words, mittarit_of
from seuranta.tuonti.selonteko import as_text
from seuranta.tuonti.valinnat import LUKEMISEN
from strategia.models import LISAKENTAT, Kayttaja, Kunta, Strategia
from strategia.teksti import argument, argument_within, clean_text


class Command(BaseCommand):
    help = "Tuo kunnan oman seurantataulukon (.xlsx, .xls, .ods, .csv, .tsv tai .txt)."

    def add_arguments(self, parser):
        parser.add_argument("tiedosto", metavar="FILE", type=Path)
        parser.add_argument("--kunta", type=_name_of(Kunta), required=True, metavar="NIMI")
        parser.add_argument("--strategia", type=_name_of(Strategia), metavar="NIMI")
        jakso = _name_of(Seurantajakso)
        parser.add_argument("--jakso", type=jakso, metavar="NIMI", help="jakso, jos taulukko ei nimeä sitä")
        parser.add_argument("--esikatsele", action="store_true", help="näytä, mitä tapahtuisi; älä tallenna")
        parser.add_argument("--json", action="store_true", help="tulosta kaikki yhtenä JSON-oliona")
        parser.add_argument(
            "--ohita-virheet", action="store_true", help="jätä virheelliset arvot pois ja tallenna muut"
        )
        parser.add_argument("--luo-toimialat", action="store_true", help="luo tuntemattomat toimialat")
        parser.add_argument(
            "--tekija", type=argument, metavar="KÄYTTÄJÄ", help="kenen nimiin tuonti kirjataan (sähköposti)"
        )
        add_options(parser)

    def handle(self, *args, tiedosto, **options):
        by = self._find_user(options["tekija"])
        told = {(laji, ""): options[laji] for laji in (Laji.JAKSO, Laji.STRATEGIA) if options[laji]}
        told |= read_options(options)
        target = _target_of(options, told)
        data, luettu, target = _read_file(tiedosto, target, by_laji(told))
        _check_sheets(options["valilehti"], luettu)
        if options["esikatsele"]:
            plan, tuonti = build_plan(luettu, target), None
        else:
            plan, tuonti = apply_plan(luettu, target, data=data, name=tiedosto.name, by=by, told=told)
        written = tuonti is not None
        self.stdout.write(
            json.dumps(as_json(plan), ensure_ascii=False, indent=1)
            if options["json"]
            else as_text(plan, written=written)
        )
        if not plan.is_writable:
            raise SystemExit(1)

    def _find_user(self, email):
        if not email:
            return None
        try:
            return Kayttaja.objects.get(email__iexact=email)
        except Kayttaja.DoesNotExist:
            raise CommandError(f"Käyttäjää {email} ei ole.", returncode=2) from None


def _name_of(model):
    return argument_within(model._meta.get_field("nimi").max_length)


def _target_of(options, told):
    return Target(
        kunta=options["kunta"],
        strategia=options["strategia"],
        create_toimialat=options["luo_toimialat"],
        skip_errors=options["ohita_virheet"],
        numerointi=options["numerointi"] or "",
        luvusta={laji: places for laji, places in by_laji(told).items() if laji in LUKEMISEN},
    )


def _check_sheets(names, luettu):
    known = [grid.nimi for grid in luettu.ruudukot]
    missing = next((nimi for nimi in names if known and nimi not in known), None)
    if missing is not None:
        told = ", ".join(f"”{nimi}”" for nimi in known)
        raise CommandError(f"Välilehteä ”{missing}” ei ole tiedostossa. Sen välilehdet: {told}.", returncode=2)


def _read_file(path, target, arvot):
    """-> (bytes, Luettu, the target with what is remembered); a file that cannot be opened is a refusal like any."""
    try:
        data = path.read_bytes()
    except OSError:
        shown = clean_text(str(path))
        issue = Issue(
            "",
            "missing_file",
            f"Tiedostoa {shown} ei löydy tai sitä ei voi lukea. Tarkista nimi ja polku.",
            f"The file {shown} does not exist or cannot be read.",
        )
        return b"", Luettu("reject", issue.code, errors=(issue,), headings={}, labels={}), target
    tunnetut = known_words(target.kunta, target.strategia)
    luenta = read_first(partial(read_in_child, data, path.name), target.kunta, tunnetut, arvot)
    return data, luenta.luettu, replace(target, muistettu=luenta.muistettu)


def as_json(plan: Plan) -> dict:
    """The one object that `tuo --json` prints; the keys of the contract are always there."""
    luettu = plan.luettu
    change_by_cell = {row.rivi.cell: row for row in plan.rows}
    return {
        "status": plan.status,
        "reason": plan.refusal,
        "rows": [_row_as_json(rivi, change_by_cell.get(rivi.cell)) for rivi in luettu.rows],
        "mittarit": [{**_names_of(mittari), **mittari_as_json(mittari)} for mittari in luettu.mittarit],
        "errors": [_issue_as_json(issue) for issue in plan.errors],
        "notices": [_issue_as_json(issue) for issue in luettu.notices],
        "skipped": [vars(skip) for skip in luettu.skipped],
        "counts": plan.counts,
    }


def _issue_as_json(issue):
    return {name: getattr(issue, name) for name in ("cell", "code", "fi", "en")}


def _row_as_json(rivi, planned):
    names = ("painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide", "toimielin")
    return {
        "cell": rivi.cell,
        **{name: getattr(rivi, name) for name in names},
        "toimiala": planned.toimiala if planned else rivi.toimiala,
        "muut_toimialat": list(rivi.muut_toimialat),
        "vastuu": rivi.vastuu,
        "riski": rivi.riski,
        "mittari": rivi.mittari,
        "sdg": list(rivi.sdg),
        "voimassa": rivi.voimassa or {"alkaa": None, "paattyy": None},
        "mittarit": [mittari_as_json(mittari) for mittari in mittarit_of(rivi)],
        "omat": rivi.omat,
        "kirjaukset": [_kirjaus_as_json(kirjaus) for kirjaus in rivi.kirjaukset],
        "change": planned.change if planned else "new",
    }


def _kirjaus_as_json(kirjaus):
    names = ("jakso", "toteutumisaste", "alkuperainen", "kommentti", "syy", "sisainen_huomio", *LISAKENTAT, "omat")
    return {name: getattr(kirjaus, name) for name in names}


def _names_of(mittari):
    return {"painopiste": mittari.painopiste, "tavoite": mittari.tavoite}


def mittari_as_json(mittari) -> dict:
    """MITTARI of the contract."""
    return {
        **{name: getattr(mittari, name) for name in ("nimi", "laji", "yksikko")},
        "lahto": mittari.lahto and _luku(mittari.lahto),
        "tavoitteet": [{"vuosi": tavoite.vuosi, **_luku(tavoite)} for tavoite in mittari.tavoitteet],
        "arvot": [{**_time_of(arvo), **_luku(arvo)} for arvo in mittari.arvot],
    }


def _luku(luku):
    return {"teksti": luku.teksti, "luku": luku.luku}


def _time_of(luku):
    """The one key that tells when: jakso, vuosi or paiva."""
    told = {name: getattr(luku, name) for name in ("jakso", "vuosi", "paiva")}
    return {name: value for name, value in told.items() if value is not None} or {"vuosi": None}
