"""Golden tables of each kind of table (1–17), at least three shapes a kind, each with what a right reading holds.

kuvaus (how a table and its reading are written down) -> tasot, asteet, jaksot, sarakkeet, muodot, oudot (the tables)
-> tee (writes them into fixtures/taulukot/lajit/: `python -m tests.seuranta.taulukko.lajit.tee`).
"""
