"""Words that tell what a line or a name is: boards, units, totals, pages, titles."""

BOARDS = (
    r"lautakun|jaosto|kaupunginhallit|kunnanhallit|valtuusto\b|toimikun|johtokun|nämnd|sektionen|styrelse|"
    r"committee\b|council\b"
)

# What belongs to a board is no board: "Tarkastuslautakunnan suositukset".
OF_BOARDS = (
    r"(?:lautakunnan|hallituksen|valtuuston|jaoston|toimikunnan|johtokunnan|nämndens|styrelsens|sektionens|"
    r"committee's|council's)\s+(?!\w*(?:jaosto|lautakun|toimikun|johtokun|sektion))\w"
)
# Kinds of boards that name none: how binding a goal is ("Valtuusto, Lautakunta, Muu").
ANY_BOARD = (
    "lautakunta; lautakunnat; toimielin; jaosto; nämnd; nämnden; nämnder; utskott; sektionen; committee; committees"
)
ORGANISATIONS = (
    "palvelut; palvelu; toimi; toimiala; virasto; osasto; yksikkö; johtaja; päällikkö; sihteeri; koordinaattori; "
    "konserni; hallinto; keskus; tjänster; förvaltning; chef; direktör; services; department; office; "
    "manager; director; "
    "rehtori; suunnittelija; asiantuntija; lautakunta; nämnden; vastaava; team; tiimi"
)

# How the names of units end: a band or a sheet that ends so is a unit.
UNIT_ENDS = (
    "palvelut; toimiala; virasto; osasto; konserni; hallinto; toimi; tjänster; förvaltning; förvaltningen; sektorn; "
    "services; department; division; works; liikelaitos; tulosalue"
)

# A row that begins so, or a name that ends so, is a total.
TOTALS = (
    r"(yhteensä|keskiarvo|summa|ka\.?|lukumäärä|kaikki yhteensä|totalt|sammanlagt|medeltal|medelvärde|total|average|"
    r"sum|välisumma|loppusumma|toimenpiteitä yhteensä|tavoitteita yhteensä)\b"
)
TOTAL_ENDS = r"(?:\b(?:yhteensä|keskiarvo|ka\.?|summa|totalt|total|sammanlagt|average|medeltal|välisumma))\s*[:.]?$"
NOT_A_UNIT = "kaikki; kaikki toimialat; koko kunta; koko kaupunki; alla; samtliga; all; yhteinen; useita; monta"

# A lone line that tells its page.
PAGES = r"\s*(?:sivu|sida|page|s\.)\s*\d+"

# Titles that name no level: what a municipality calls its whole table.
TITLES = "seuranta; raportti; ohjelma; strategia; suunnitelma; uppföljning; rapport; report; plan; taulukko; liite"
