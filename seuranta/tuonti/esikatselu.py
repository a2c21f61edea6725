"""Tuonti + decisions -> Plan -> what the preview shows: rows, what waits for a person, what was interpreted."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT, SANASTO, TARJOTUT_NIMET, Toimiala
from strategia.nimet import avain

from ..models import Kirjaus, Tuonti
from ..taulukko.rows import Luettu
from ..tiedosto.luenta import keep_reading, read_file, reading_key, store_file
from ..tiedosto.plan import Plan, Target
from ..tiedosto.rivit import Ratkaistava, cells_of, word_of
from ..vastaustaulukko import reading_of, scale_words
from .plan import build_answers_plan, build_plan, known_labels
from .plan.ehdotukset import suggest_renamed, suggest_toimialat

SARAKKEEN_ROOLIT = [
    ("", _("Jätä pois")),
    *SANASTO.items(),
    *LISAKENTAT.items(),
    ("jakso", _("Jakso")),
    ("syy", _("Syy, miksi ei arviota")),
    ("sisainen_huomio", _("Sisäinen huomio")),
]


def read_new(data: bytes, name: str, *, by) -> tuple[Luettu, Tuonti | None]:
    """A file as it comes in -> what it holds, and the Tuonti that now keeps it; a refused file is not kept."""
    luettu = read_file(data, name, labels=known_labels(Target(by.kunta.nimi)))
    if luettu.status == "reject":
        return luettu, None
    tuonti = store_file(by.kunta, data, name, by=by)
    keep_reading(tuonti, luettu, reading_key(tuonti, *_reading(tuonti)))
    return luettu, tuonti


def read_stored(tuonti: Tuonti) -> Luettu:
    """The rows of the stored file by the choices made so far: from the row itself when nothing has changed."""
    labels, answers = _reading(tuonti)
    key = reading_key(tuonti, labels, answers)
    if tuonti.jasennyksen_avain == key:
        return Luettu.from_dict(tuonti.jasennetty)
    luettu = read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, tuonti.valinnat, labels, answers)
    if luettu.status != "reject":  # a refusal may be the server's hurry: it is tried again
        keep_reading(tuonti, luettu, key)
    return luettu


def read_untouched(tuonti: Tuonti) -> Luettu:
    """The stored file as it is, without what a person typed over its cells."""
    return read_file(tuonti.tiedosto.read(), tuonti.tiedostonimi, {**tuonti.valinnat, "solut": {}}, *_reading(tuonti))


def _reading(tuonti):
    """(the words of the scale, the headings of a vastaustaulukko) by which the file is read."""
    if tuonti.jakso_id:
        return scale_words(tuonti.jakso.strategia), reading_of(tuonti.jakso.strategia)
    return known_labels(target_of(tuonti)), None


def target_of(tuonti: Tuonti) -> Target:
    """The decisions stored with the tuonti, as the plan wants them."""
    valinnat = tuonti.valinnat
    return Target(
        kunta=tuonti.kunta.nimi,
        strategia=valinnat.get("strategia") or None,
        toimialat=valinnat.get("toimialat", {}),
        toimenpiteet=valinnat.get("toimenpiteet", {}),
        paatettavat=tuple(valinnat.get("paatettavat", ())),
        ristiriidat=valinnat.get("ristiriidat", {}),
        ohitetut=tuple(valinnat.get("ohitetut", ())),
        tilanne=date.fromisoformat(valinnat["tilanne"]) if valinnat.get("tilanne") else None,
        asteikko=TARJOTUT_NIMET if valinnat.get("asteikko") else {},
    )


def plan_stored(tuonti: Tuonti, *, by=None, only_compare=False) -> Plan:
    """The plan of the stored file; of a vastaustaulukko what `by` may record of it, else its sender."""
    if tuonti.jakso_id:
        sender = by or tuonti.tekija
        return build_answers_plan(
            read_stored(tuonti), target_of(tuonti), jakso=tuonti.jakso, toimiala=tuonti.toimiala, by=sender
        )
    return build_plan(read_stored(tuonti), target_of(tuonti), only_compare=only_compare)


def list_decisions(plan: Plan) -> list[Ratkaistava]:
    """What waits for a person; the cells that hold the same unknown toimiala are one decision."""
    found, by_name = [], {}
    names = {row.rivi.cells.get("toimiala"): row.rivi.toimiala for row in plan.rows}
    toimenpiteet = {cell: row.rivi.toimenpide for row in plan.rows for cell in cells_of(row.rivi)}
    answers = [kirjaus.cells for row in plan.rows for kirjaus in row.rivi.kirjaukset]
    texts = {cell for cells in answers for role, cell in cells.items() if role in Kirjaus.TEKSTIT}
    toimialat = list(Toimiala.objects.filter(kunta=plan.kunta_id))
    for issue in plan.errors:
        nimi = names.get(issue.cell) if issue.code == "unknown_toimiala" else None
        if nimi and avain(nimi) in by_name:
            by_name[avain(nimi)].cells.append(issue.cell)
            continue
        item = Ratkaistava(issue, [issue.cell], on_ohitettu=issue.cell in plan.target.ohitetut)
        item.toimenpide, item.on_teksti = toimenpiteet.get(issue.cell) or "", issue.cell in texts
        if nimi:
            item.nimi, item.avain = nimi, avain(nimi)
            item.ehdotukset = suggest_toimialat(nimi, toimialat)
            by_name[item.avain] = item
        found.append(item)
    return found


def list_questions(tuonti: Tuonti, plan: Plan):
    """What may be read in two ways and nobody has answered yet: the file is not guessed."""
    answered = tuonti.valinnat.get("kysytyt", ())
    return [question for question in plan.luettu.questions if question.cell not in answered]


def list_renamed(plan: Plan):
    """[(new row, [missing toimenpide that looks like it])] for a person to join."""
    return suggest_renamed(plan)


def list_columns(luettu: Luettu) -> list[tuple[str, str, str]]:
    """[(letter, heading, role)] of the sheet's columns, those that were not understood too."""
    found = {}
    first = luettu.rows[0] if luettu.rows else None
    for rivi in luettu.rows[:50]:
        for role, cell in [*rivi.cells.items(), *((r, c) for k in rivi.kirjaukset for r, c in k.cells.items())]:
            if role in SANASTO or role in (*LISAKENTAT, "jakso", "syy", "sisainen_huomio"):
                found.setdefault(_letter(cell), role)
    headings = {role: heading for role, heading, _jakso in luettu.columns}
    columns = {letter: (letter, headings.get(role, word_of(role)), role) for letter, role in found.items()}
    for skip in luettu.skipped:
        if skip.reason == "unknown_column" and first:
            columns.setdefault(_letter(skip.cell), (_letter(skip.cell), skip.text, ""))
    return [columns[letter] for letter in sorted(columns, key=lambda letter: (len(letter), letter))]


def _letter(cell):
    return "".join(character for character in cell.rpartition("!")[2] if character.isalpha())


def read_decisions(data, valinnat: dict, plan: Plan) -> dict:
    """A POST of the preview's form -> the decisions, beside those made earlier.

    Field names are "kind|what": solu|E152 (beside oli|E152, what it was, only a change counts), ohita|E152,
    nimella|A4, ristiriita|F7, toimiala|<avain>, toimenpide|C9, sarake|E. An id that is not of this kunta decides
    nothing.
    """
    valinnat = {**valinnat}
    for name in ("jakso", "tilanne", "strategia"):
        if name in data:
            valinnat[name] = data[name].strip()
    if "kohde" in data:
        valinnat["asteikko"] = "asteikko" in data
    for question in plan.luettu.questions:
        answer = data.get(f"kysymys|{question.cell}", "")
        if answer.isdecimal() and int(answer) < len(question.answers):
            valinnat["sarakkeet"] = {**valinnat.get("sarakkeet", {}), **question.answers[int(answer)].columns}
        if answer:
            valinnat["kysytyt"] = [*valinnat.get("kysytyt", ()), question.cell]
    solut, ohitetut = dict(valinnat.get("solut", {})), set(valinnat.get("ohitetut", ()))
    toimialat = {str(pk) for pk in Toimiala.objects.filter(kunta=plan.kunta_id).values_list("pk", flat=True)}
    puuttuvat = {str(p.id) for p in plan.missing}
    if data.get("peru") == "solut":
        solut = {}
    for field_name in data:
        kind, _bar, what = field_name.partition("|")
        value = _typed(data[field_name])
        was = data.get(f"oli|{what}")
        if kind == "solu" and (value if was is None else value != _typed(was)):
            solut[what] = value
            ohitetut.discard(what)
        elif kind == "nimella" and value == "1":  # without its id the row is known by its name
            solut[what] = ""
            ohitetut.discard(what)
        elif kind == "ohita":
            (ohitetut.add if value == "1" else ohitetut.discard)(what)
        elif kind == "ristiriita" and value in ("tiedosto", "nykyinen", "molemmat"):
            valinnat["ristiriidat"] = {**valinnat.get("ristiriidat", {}), what: value}
        elif kind == "toimiala" and (value == "uusi" or value in toimialat):
            choice = None if value == "uusi" else int(value)
            valinnat["toimialat"] = {**valinnat.get("toimialat", {}), what: choice}
        elif kind == "toimenpide" and value in puuttuvat:
            valinnat["toimenpiteet"] = {**valinnat.get("toimenpiteet", {}), what: int(value)}
        elif kind == "sarake" and value in dict(SARAKKEEN_ROOLIT):
            valinnat["sarakkeet"] = {**valinnat.get("sarakkeet", {}), what: value}
    if "puuttuvat" in data:
        valinnat["paatettavat"] = [int(pk) for pk in data.getlist("paata") if pk in puuttuvat]
    valinnat["solut"], valinnat["ohitetut"] = solut, sorted(ohitetut)
    return valinnat


def _typed(text):
    """As a browser sends it, but with the line breaks of a cell; NUL is nothing that anyone has typed."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
