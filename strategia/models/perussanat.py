"""The neutral words of a plan, its scale and its report: what a kunta's own take the place of."""

# Offered scale labels; shown only once the koordinaattori has confirmed them (or the sheet has its own).
TARJOTUT_NIMET = {
    "1": "Ei aloitettu",
    "2": "Suunnitteilla",
    "3": "Käynnissä",
    "4": "Lähes valmis",
    "5": "Toteutunut",
}

# The neutral words; a municipality's own headings replace them in its sanasto.
SANASTO = {
    "painopiste": "Painopiste",
    "tavoite": "Strateginen tavoite",
    "toimialan_tavoite": "Toimialan tavoite",
    "koodi": "Koodi",
    "toimenpide": "Toimenpide",
    "toimielin": "Toimielin",
    "toimiala": "Toimiala",
    "vastuu": "Vastuu",
    "riski": "Riski",
    "mittari": "Mittari",
    "sdg": "SDG",
    "toteutumisaste": "Toteutumisaste",
    "kommentti": "Kommentti",
}

# What a kirjaus holds besides, where the strategia has taken it into its sarakkeet.
LISAKENTAT = {
    "ennuste": "Ennuste",
    "poikkeaman_syy": "Poikkeaman syy",
    "korjaavat_toimet": "Korjaavat toimet",
}

# What a report tells besides the columns of its rows, each with its word.
RAPORTIN_OSAT = {
    "mittarit": "Mittarit",
    "mittarit.lahto": "Lähtö",
    "mittarit.arvot": "Arvot",
    "mittarit.tavoite": "Tavoite",
    "mittarit.tulos": "Tulos",
    "mittarit.kehitys": "Kehitys",
    "mittarit.huomautus": "Huomautus",
    "riskit": "Riskit",
    "muut_toimialat": "Muut toimialat",
    "sdg.tavoitteittain": "Kestävän kehityksen tavoitteet",
    "sitovuus": "Sitovuus",
    "toimenpide.voimassa": "Voimassa",  # a table's own column of it is "voimassa", which chooses nothing
    "xlsx.yleiset_otsikot": "Excelissä myös taulukko yleisin otsikoin",
    "luku.mittarit": "Mittarit ja tavoitteet",
    "luku.muutokset": "Poikkeamat ja suurimmat muutokset",
    "luku.poikkeamat": "Ennusteet, poikkeamat ja korjaavat toimet",
    "luku.arviotta": "Arviotta jääneet",
}
# The columns of a table that hold numbers of its measures -> the part of the report that tells the same.
MITTARIN_LUVUT = {
    "mittari.lahto": "mittarit.lahto",
    "mittari.tavoite": "mittarit.tavoite",
    "mittari.arvo": "mittarit.arvot",
}
PIILOSSA_KANSSA = {"mittarit": "mittari", "riskit": "riski", "muut_toimialat": "toimiala"}
VAIN_VALITTUNA = ("sdg.tavoitteittain", "sitovuus", "toimenpide.voimassa", "xlsx.yleiset_otsikot")
