"""Arrows and words of change: how a measure moved, or how far the work is. Only a person knows, so it is asked."""

from .choices import Choices
from .periods import period_key
from .questions import Kysymys, ask_trend
from .roles import Taulu
from .scale import Selite
from .scores import ASKED, DEGREES, plain_word

_MOST = 0.5  # of the filled cells
_SAYS = 0.75  # weight of a heading that means it
_SHOWN = 3


def ask_trends(table: Taulu, selite: Selite, choices: Choices) -> list[Kysymys]:
    """The columns of change become the measure's trend; asked where no other column is the status of their period."""
    read = table.of_role("toteutumisaste", "mittari.suunta", "kommentti")
    changes = [column for column in read if _tells_change(table, column)]
    asked = []
    for column in changes:
        todiste = table.evidence[column.column]
        told = {choices.words[key] for value in todiste.values if (key := _key(value, choices.words)) is not None}
        if told:  # whoever has said what an arrow means as a score, or that it means none, has answered
            column.role = "toteutumisaste" if told - {None} else "mittari.suunta"
        elif column.role != "toteutumisaste" or not _is_explained(todiste, selite):
            column.role, column.second = "mittari.suunta", "toteutumisaste"
            asked.append(column)
    asked = [column for column in asked if not _has_status(table, column)]
    return [ask_trend(table, asked, _values(table, asked), proposed=_proposed(table, asked))] if asked else []


def _tells_change(table, column):
    todiste = table.evidence[column.column]
    if column.is_chosen or column.group or todiste.words.get("kommentti", 0) >= _SAYS:
        return False
    return todiste.arrow + todiste.trend >= _MOST


def _values(table, columns):
    return list(dict.fromkeys(value for column in columns for value in table.evidence[column.column].values))[:_SHOWN]


def _proposed(table, columns):
    """Where there is no measure a heading of status is more likely to mean it."""
    measures = table.of_role("mittari", "mittari.arvo", "mittari.tavoite")
    says = all(table.evidence[column.column].words.get("aste", 0) >= _SAYS for column in columns)
    return int(says and not measures)


def _is_explained(todiste, selite):
    """A legend gives its signs words of status."""
    said = [plain_word(selite.signs()[value]) for value in todiste.values if value in selite.signs()]
    return any(word in DEGREES or word in ASKED for word in said)


def _key(value, told):
    plain = plain_word(value)
    return plain if plain in told else value if value in told else None


def _has_status(table, column):
    """Is another column the status of the same period, or of any where one of the two has none?"""
    own = period_key(column.path)
    others = (period_key(other.path) for other in table.of_role("toteutumisaste"))
    return any(not own or not key or key == own for key in others)
