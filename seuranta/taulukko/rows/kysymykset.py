"""What is asked of many cells at once: code -> one sentence in Finnish and one in English, and the answers."""

from ..layout import Kysymys, Vaihtoehto
from ..layout.choices import OMA_KIRJAUS
from ..layout.scores import TICKED, UNTICKED
from ..soluviite import split_key

_DEGREES = ((1, "ei aloitettu"), (2, "suunnitteilla"), (3, "käynnissä"), (4, "lähes valmis"), (5, "toteutunut"))


def ask(code: str, cells: tuple[str, ...], **values) -> Kysymys:
    """The question of these cells; `values` fill its sentences and answers."""
    fi, en, answers, proposed = _ASKS[code](**values)
    return Kysymys(
        cells[0],
        code.partition("/")[0],
        fi,
        en,
        answers,
        cells=cells,
        value=str(values.get("text", "")),
        proposed=proposed,
    )


def _unknown_word(text):
    answers = tuple(
        Vaihtoehto(f"{score} ({word})", f"{score}", {}, {"words": {text: score}}) for score, word in _DEGREES
    )
    none = Vaihtoehto("Ei toteutumisaste", "No score", {}, {"words": {text: None}})
    return (
        f'Mitä ”{text}” tarkoittaa toteutumisasteena 1–5? Komennolle sen kertoo --sana "{text}=1-5" tai =ei.',
        f"What is “{text}” as a score 1–5? Tell the command with --sana.",
        (*answers, none),
        None,
    )


def _boxes(text, score, columns):
    """Of a column of check boxes: both states at once, and the way out, a column of the kunta's own."""
    ticked = f"rastitettu → {score} ({dict(_DEGREES)[score]})"
    unticked = [("rastittamatta: ei arviota", None)]
    if score > 1:
        unticked.insert(0, ("rastittamatta → 1 (ei aloitettu)", 1))
    ways = tuple(
        Vaihtoehto(f"R{ticked[1:]}, {rest}", f"Ticked is {score}", {}, {"words": {TICKED: score, UNTICKED: other}})
        for rest, other in unticked
    )
    roles = dict.fromkeys(sorted(columns), OMA_KIRJAUS)
    own = Vaihtoehto("Ei toteutumisaste: oma sarake", "No score: a column of your own", roles, {"roles": roles})
    letter, other = split_key(min(columns))[1], unticked[0][1] or "ei"
    what = "Sarakkeiden" if text.count("”") else "Sarakkeen"
    return (
        f"{what} ”{text}” valintaruudut luettiin toteutumisasteeksi: {ticked}, {unticked[0][0]}. Onko näin? "
        f"Komennolle sen kertoo --sana TOSI={score} --sana EPÄTOSI={other} tai --sarake {letter}=oma.",
        f"The check boxes of “{text}” were taken for the score. Is it so? Tell the command with --sana.",
        (*ways, own),
        0,
    )


def _unknown_scale(scale):
    told = scale.labels_of_numbers
    pairs = sorted(scale.numbers.items())
    shown = ", ".join(
        f"{number}{' ' + told[number] if told.get(number) else ''} → {score or '–'}" for number, score in pairs
    )
    mapping = ",".join(f"{number}={score or 'ei'}" for number, score in pairs)
    as_is = {str(number): number for number, _score in pairs if 1 <= number <= 5}
    answers = (
        Vaihtoehto(f"Kyllä: {shown}", f"Yes: {shown}", {}, {"scale": {str(number): score for number, score in pairs}}),
        Vaihtoehto("Ei, luvut ovat jo asteita 1–5", "No, the numbers are scores 1–5 as they are", {}, {"scale": as_is}),
    )
    return (
        f"Taulukossa on oma asteikko: {shown}. Onko näin? Komennolle sen kertoo --asteikko {mapping}.",
        f"The table has a scale of its own: {shown}. Is this right? Tell the command with --asteikko.",
        answers,
        0,
    )


def _percent_off_grid(text):
    return (
        f"Sarakkeen ”{text}” prosenteissa on muitakin kuin 0, 25, 50, 75 ja 100. Luetaanko lähin toteutumisaste vai "
        "mittari? Komennolle sen kertoo --prosentit lahin tai mittari.",
        f"The per cents of “{text}” are not all 0, 25, 50, 75 or 100. Take the nearest score, or read a measure?",
        (
            Vaihtoehto("Lähin toteutumisaste", "The nearest score", {}, {"percents": "lahin"}),
            Vaihtoehto("Mittari", "A measure", {}, {"percents": "mittari"}),
        ),
        None,
    )


def _part_answer():
    return (
        "Toimenpiteen alla on rivejä, joilla on oma toteutumisaste tai toimiala mutta ei nimeä. Ovatko ne omia "
        "rivejään vai jatkoa ylempään? Komennolle sen kertoo --osat riveiksi tai yhdista.",
        "Under a measure stand lines with a score or unit of their own but no name. Are they rows of their own?",
        (
            Vaihtoehto("Omia rivejään", "Rows of their own", {}, {"parts": "riveiksi"}),
            Vaihtoehto("Jatkoa ylempään", "They continue the one above", {}, {"parts": "yhdista"}),
        ),
        None,
    )


def _several_toimialat():
    return (
        "Toimialan solussa on useita toimialoja. Onko se yksi nimi vai useita, joista ensimmäinen johtaa? Komennolle "
        "sen kertoo --toimialat yksi tai useita.",
        "A cell names several units. Is it one name, or several of which the first leads? Tell with --toimialat.",
        (
            Vaihtoehto("Useita, ensimmäinen johtaa", "Several, the first leads", {}, {"units": "useita"}),
            Vaihtoehto("Yksi nimi", "One name", {}, {"units": "yksi"}),
        ),
        0,
    )


def _older_copy(kept, copy, sheets):
    """Whichever is read, the other sheets of the file are read with it."""
    without = {name: [sheet for sheet in sheets if sheet != other] for name, other in ((kept, copy), (copy, kept))}
    return (
        f"Välilehdellä ”{copy}” on samat toimenpiteet kuin välilehdellä ”{kept}”. Kumpi luetaan? Komennolle sen kertoo "
        "--valilehti.",
        f"The sheet “{copy}” has the same measures as “{kept}”. Which one is read? Tell the command with --valilehti.",
        tuple(
            Vaihtoehto(f"Välilehti ”{name}”", f"The sheet “{name}”", {}, {"sheets": taken})
            for name, taken in without.items()
        ),
        0,
    )


_ASKS = {
    "unknown_word": _unknown_word,
    "unknown_word/boxes": _boxes,
    "unknown_scale": _unknown_scale,
    "percent_off_grid": _percent_off_grid,
    "part_answer": _part_answer,
    "several_toimialat": _several_toimialat,
    "older_copy": _older_copy,
}
