"""What a report tells of its measures and risks, and what its rows' own columns tell already."""

from functools import cached_property

from ..mitattu import Mittaristo


class Mittariosat:
    """Of an Osavuosikatsaus, by its painopisteet and columns."""

    @cached_property
    def mittaristo(self):
        """Every measure that it holds, at any level."""
        return Mittaristo(tuple(each for p in self.painopisteet for _t, _r, each in p.kaikki_mittarit))

    @cached_property
    def kerrottavat(self):
        """[(painopiste, tavoite or None, row or None, measure)] that its tables tell of.

        One of which nobody has said anything but the name that its row's own column has is told there.
        """
        found = []
        if self.mittarisarakkeet:
            in_column = any(sarake.rooli == "mittari" for sarake in self.taulukon_sarakkeet)
            for painopiste in self.painopisteet:
                for tavoite, rivi, mittari in painopiste.kaikki_mittarit:
                    if not (in_column and rivi and mittari.on_pelkka_nimi and rivi.names(mittari)):
                        found.append((painopiste, tavoite, rivi, mittari))
        return found

    @cached_property
    def kerrottava_mittaristo(self):
        return Mittaristo(tuple(mittari for *_place, mittari in self.kerrottavat))

    @cached_property
    def nayttaa_tulokset(self):
        """Is it told whether the targets are reached?"""
        is_shown = any(sarake.rooli == "mittarit.tulos" for sarake in self.mittarisarakkeet)
        return is_shown and bool(self.kerrottava_mittaristo.kpl)

    @cached_property
    def kerrottavat_riskit(self):
        """[(number, risk, painopiste, tavoite, row or None)] of the chapter of risks, the greatest first.

        One that its row's own column tells in the same words, and that has no numbers, is told there.
        """
        if "riskit" in self.piilotetut:
            return []
        in_column = any(sarake.rooli == "riski" for sarake in self.taulukon_sarakkeet)
        found = [
            (riski, painopiste, tavoite, rivi)
            for painopiste in self.painopisteet
            for tavoite in painopiste.tavoitteet
            for rivi, riski in tavoite.kaikki_riskit
            if not (in_column and rivi and not riski.on_arvioitu and riski.teksti in rivi.riski)
        ]
        found.sort(key=lambda each: -(each[0].suuruus or 0))
        return [(number, *each) for number, each in enumerate(found, 1)]

    @cached_property
    def riskimatriisi(self):
        """[(likelihood, [(effect, [numbers of the risks])])] from the likeliest down; [] when none has both."""
        numbers = {}
        for number, riski, *_place in self.kerrottavat_riskit:
            if riski.suuruus:
                numbers.setdefault((riski.todennakoisyys, riski.vaikutus), []).append(number)
        scale = range(1, 6)
        return [(t, [(v, numbers.get((t, v), [])) for v in scale]) for t in reversed(scale)] if numbers else []

    @cached_property
    def riskit(self):
        """Every risk that it holds, the greatest first; then in the plan's order."""
        own = [riski for p in self.painopisteet for tavoite in p.tavoitteet for riski in tavoite.kaikki_riskit]
        return tuple(sorted((riski for _rivi, riski in own), key=lambda riski: -(riski.suuruus or 0)))
