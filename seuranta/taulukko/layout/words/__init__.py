"""Words only: what municipalities call columns, states, periods and boards, in Finnish, Swedish and English.

A new municipality adds words here, never code. How a longer heading is weighed by its words is told in ../headings.py.
"""

from .headings import HEADINGS, LISAT, MORE, UNITS, VIENTI
from .lines import ANY_BOARD, BOARDS, NOT_A_UNIT, OF_BOARDS, ORGANISATIONS, PAGES, TITLES, TOTAL_ENDS, TOTALS, UNIT_ENDS
from .states import (
    ARROWS,
    ASKED,
    BOXES,
    COLOUR_WORDS,
    DEGREES,
    IMPORTANCE,
    NEGATIVE,
    NO_STATUS,
    PARTIAL,
    REASONS,
    SIGNS,
    TRENDS,
)
from .times import JAKSO_KINDS, NOT_STATE, REPORTS, SEASONS

__all__ = [
    "ANY_BOARD",
    "ARROWS",
    "ASKED",
    "BOARDS",
    "BOXES",
    "COLOUR_WORDS",
    "DEGREES",
    "HEADINGS",
    "IMPORTANCE",
    "JAKSO_KINDS",
    "LISAT",
    "MORE",
    "NEGATIVE",
    "NOT_A_UNIT",
    "NOT_STATE",
    "OF_BOARDS",
    "NO_STATUS",
    "ORGANISATIONS",
    "PAGES",
    "PARTIAL",
    "REASONS",
    "REPORTS",
    "SEASONS",
    "SIGNS",
    "TITLES",
    "TOTALS",
    "TOTAL_ENDS",
    "TRENDS",
    "UNITS",
    "UNIT_ENDS",
    "VIENTI",
]
