"""Risks -> a matrix: how likely down, how much it would matter across."""

from dataclasses import dataclass

ASTEET = (1, 2, 3, 4, 5)
SUURI, KOHTALAINEN = 15, 6  # likelihood times effect, at least


@dataclass(frozen=True)
class Riskiruutu:
    """The risks of one likelihood and effect."""

    todennakoisyys: int
    vaikutus: int
    riskit: tuple

    @property
    def taso(self):
        """How great its risks are: "suuri", "kohtalainen" or "pieni"."""
        size = self.todennakoisyys * self.vaikutus
        return "suuri" if size >= SUURI else "kohtalainen" if size >= KOHTALAINEN else "pieni"


def number_rows(riskit, size):
    """The risks with .numero, by which the matrix names them, and .sivulla: the page of `size` they stand on."""
    rows = list(riskit)
    for number, riski in enumerate(rows, 1):
        riski.numero, riski.sivulla = number, (number - 1) // size + 1
    return rows


def build_matrix(riskit):
    """[(likelihood, [Riskiruutu by effect])] from the likeliest down; risks of which either is missing are in none."""
    by_place = {}
    for riski in riskit:
        by_place.setdefault((riski.todennakoisyys, riski.vaikutus), []).append(riski)
    return [
        (likely, [Riskiruutu(likely, effect, tuple(by_place.get((likely, effect), ()))) for effect in ASTEET])
        for likely in reversed(ASTEET)
    ]
