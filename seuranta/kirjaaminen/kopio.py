"""What was said of a row in the jakso before -> the Vastaus that says the same now."""

from strategia.teksti import clean_stored

from ..models import Kirjaus, Vastaus


def copy_of_last(row):
    """The row with its score and texts from the jakso before, sent if that was an answer; what it lacked stays.

    What stood in its fields was saved just before: it stays in the history.
    """
    now, last = row.kirjaus, row.edellinen
    return Vastaus(
        now.versio if row.posted_versio is None else row.posted_versio,
        last.toteutumisaste,
        last.syy,
        clean_stored(last.kommentti),  # of a closed jakso: it could not be cleaned where it is
        row.form.vastaus().sisainen_huomio if row.form else now.sisainen_huomio,
        laheta=answers(last, now.jakso.strategia),
        ei_muutosta=True,
        **lisat_of(row),
        omat={row.omat[name].otsikko: text for name, text in omat_of(row).items()},
    )


def answers(last, strategia):
    """Can what was said in the jakso before be sent as it is?"""
    told = {name: getattr(last, name) for name in ("toteutumisaste", "syy", "kommentti")}
    return Kirjaus.is_answer(strategia, **told)


def lisat_of(row):
    return {name: clean_stored(text) for name in row.lisasanat if (text := getattr(row.edellinen, name))}


def omat_of(row):
    """{field's name: text} of the jakso before, of the kunta's own columns that are asked."""
    asked = {name: row.edellinen.omat.get(oma.otsikko) for name, oma in row.omat.items() if oma.kysytaan}
    return {name: clean_stored(text) for name, text in asked.items() if text}
