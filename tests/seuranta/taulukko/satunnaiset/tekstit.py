"""Plausible contents of invented municipalities: names of goals and actions, comments, people, units."""

import datetime

KUNNAT = {
    "fi": ["Vuorijärvi", "Haapavuo", "Lumisalmi", "Kirkkoranta", "Honkakoski", "Peltomaa"],
    "sv": ["Strandnäs", "Björkholm", "Granvik", "Västerskär"],
    "en": ["Maple Bay", "Northhaven", "Alderford", "Stonebridge"],
}

YLIN = {
    "fi": [
        *("Elinvoimainen kunta", "Hyvinvoiva asukas", "Kestävä talous", "Osaava henkilöstö", "Vetovoimainen keskusta"),
        *("Puhdas luonto", "Sujuva arki", "Rohkea uudistuja", "Turvallinen kotiseutu", "Yhdessä tekevä yhteisö"),
        *("Elinvoima", "Hyvinvointi", "Talous", "Ympäristö", "1. Kasvu ja työ", "Lapset ja nuoret ensin"),
    ],
    "sv": [
        *("Livskraftig kommun", "Välmående invånare", "Hållbar ekonomi", "Kunnig personal", "Levande skärgård"),
        *("Ren natur", "Smidig vardag", "Trygg uppväxt"),
    ],
    "en": [
        *("Thriving economy", "Healthy communities", "Sustainable finances", "Skilled workforce", "Vibrant downtown"),
        *("Clean environment", "Safe neighbourhoods", "Open government"),
    ],
}
KESKI = {
    "fi": [
        *(
            "Yritysten kasvuedellytykset paranevat",
            "Monipuolinen asuminen",
            "Lähipalvelut säilyvät",
            "Osallisuus vahvistuu",
        ),
        *(
            "Työllisyys kasvaa",
            "Matkailu ympärivuotiseksi",
            "Liikkuva kunta",
            "Terveelliset koulutilat",
            "Velkaantuminen taittuu",
        ),
        *(
            "Hankinnat hallintaan",
            "Hiilineutraalius 2035",
            "Luonnon monimuotoisuus",
            "Digitaaliset palvelut",
            "Työkyky ja jaksaminen",
        ),
        *(
            "Johtaminen uudistuu",
            "Vesistöt hyvään tilaan",
            "Kulttuuri kuuluu kaikille",
            "Joukkoliikenne palvelee",
            "Kylät elävät",
        ),
        *("Ikäystävällinen ympäristö", "Vieraskieliset mukaan", "Tilat tehokkaaseen käyttöön"),
    ],
    "sv": [
        *("Företagens villkor förbättras", "Mångsidigt boende", "Närservicen bevaras", "Delaktigheten stärks"),
        *(
            "Sysselsättningen ökar",
            "Turism året om",
            "Sunda skollokaler",
            "Skuldsättningen bryts",
            "Kollektivtrafiken fungerar",
        ),
        *("Kulturen är till för alla", "Klimatneutralitet 2035", "Digitala tjänster", "Vattendragen i gott skick"),
    ],
    "en": [
        *("Support local business", "Expand housing choice", "Keep services close", "Strengthen participation"),
        *("Grow employment", "Year-round tourism", "Healthy school buildings", "Reduce debt", "Reliable transit"),
        *("Culture for everyone", "Carbon neutrality by 2035", "Digital services", "Protect waterways"),
    ],
}
ALIN = {
    "fi": [
        *(
            "Lupakäsittely nopeutuu",
            "Tonttitarjonta monipuolistuu",
            "Perheiden tuki tavoittaa ajoissa",
            "Etäpalvelut käytössä",
        ),
        *("Sairauspoissaolot vähenevät", "Energiankulutus laskee", "Asiakaspalaute paranee", "Kunnossapito ennakoi"),
        *("Tilankäyttö tiivistyy", "Harrastuksia kaikille", "Nuorten työpajat laajenevat", "Kyläkoulut kuntoon"),
        *("Verkkoasiointi yleistyy", "Kaavavaranto riittää", "Ruokahävikki puolittuu", "Perehdytys yhtenäistyy"),
    ],
    "sv": [
        *(
            "Tillståndsprocessen snabbas upp",
            "Tomtutbudet breddas",
            "Familjestödet når fram i tid",
            "Sjukfrånvaron minskar",
        ),
        *("Energiförbrukningen sjunker", "Kundresponsen förbättras", "Hobbyer för alla", "Planreserven räcker"),
    ],
    "en": [
        *("Permits are processed faster", "More lots on offer", "Family support in time", "Fewer sick days"),
        *("Energy use falls", "Customer feedback improves", "Hobbies for all", "Maintenance looks ahead"),
    ],
}
TEOT = {
    "fi": (
        [
            *("Laaditaan", "Uusitaan", "Kilpailutetaan", "Rakennetaan", "Perustetaan", "Kunnostetaan", "Selvitetään"),
            *("Avataan", "Laajennetaan", "Otetaan käyttöön", "Päivitetään", "Käynnistetään"),
        ],
        [
            *(
                "yritystonttien luovutusohje",
                "keskustan yleissuunnitelma",
                "kyläkoulujen tilaohjelma",
                "venesataman laituri",
            ),
            *("nuorten työpaja", "sähköinen lupapalvelu", "kevyen liikenteen väylä asemalle", "kirjaston omatoimiaika"),
            *(
                "ikäihmisten liikuntaneuvonta",
                "hankintojen vuosikello",
                "metsäsuunnitelma",
                "ruokapalvelun kuljetukset",
            ),
            *(
                "perhekeskuksen toimintamalli",
                "henkilöstön perehdytysopas",
                "hulevesien viivytysallas",
                "jäähallin kylmäkoneisto",
            ),
            *(
                "joukkoliikenteen kutsuohjattu linja",
                "asukasraadin toimintatapa",
                "rantojen uimapaikat",
                "matkailun verkkosivut",
            ),
            *(
                "varhaiskasvatuksen palveluseteli",
                "tiedolla johtamisen näkymät",
                "kiinteistöjen myyntiohjelma",
                "energiakatselmukset",
            ),
            *(
                "kulttuurikasvatuksen polku",
                "liikuntapaikkojen valaistus",
                "lukion yrittäjyyslinja",
                "etätyöpiste torin laidalle",
            ),
            *(
                "vesihuollon saneeraussuunnitelma",
                "osallistuva budjetti",
                "kuntakuvan brändiohje",
                "esihenkilöiden valmennus",
            ),
        ],
    ),
    "sv": (
        ["Vi utarbetar", "Vi förnyar", "Vi bygger", "Vi grundar", "Vi öppnar", "Vi utvidgar", "Vi utreder", "Vi inför"],
        [
            *("en plan för centrum", "en gångväg till stationen", "elektroniska tillstånd", "en verkstad för unga"),
            *("biblioteket med meröppet", "skolornas lokalprogram", "småbåtshamnens brygga", "skogsplanen"),
            *("familjecentrets verksamhet", "inköpens årsklocka", "idrottsplatsernas belysning", "hembygdsleden"),
            *("energikartläggningar", "invånarpanelen", "distansarbetsplatser", "seniorernas motionsrådgivning"),
        ],
    ),
    "en": (
        ["Develop", "Renew", "Build", "Establish", "Open", "Expand", "Review", "Launch"],
        [
            *("a downtown master plan", "a trail to the station", "online permits", "a youth workshop"),
            *("longer library hours", "the school space programme", "the marina pier", "the urban forest plan"),
            *("the family centre model", "a procurement calendar", "lighting of sports fields", "a residents' panel"),
            *("energy audits", "remote work hubs", "exercise advice for seniors", "a leadership course"),
        ],
    ),
}
SITOVAT = {
    "fi": [
        *(
            "Työllisyysaste nousee",
            "Asukasluku kasvaa",
            "Vuosikate kattaa poistot",
            "Lainakanta pienenee",
            "Tontteja luovutetaan",
        ),
        *(
            "Asiakastyytyväisyys paranee",
            "Kirjaston lainaus lisääntyy",
            "Hoitopaikka järjestyy ajallaan",
            "Päästöt vähenevät",
        ),
        *("Koulutapaturmat vähenevät", "Etäasiointi yleistyy", "Yrityksiä perustetaan", "Kävijämäärä museossa kasvaa"),
        *("Henkilöstön vaihtuvuus laskee", "Pyöräilyn osuus kasvaa", "Vuokra-asuntojen käyttöaste nousee"),
        *(
            "Harrastustakuu toteutuu",
            "Hankinnoista puolet paikallisia",
            "Lupapäätös kuukaudessa",
            "Veden hävikki pienenee",
        ),
    ],
    "sv": [
        *(
            "Sysselsättningsgraden stiger",
            "Invånarantalet växer",
            "Årsbidraget täcker avskrivningarna",
            "Lånestocken minskar",
        ),
        *(
            "Kundnöjdheten förbättras",
            "Utlåningen på biblioteket ökar",
            "Utsläppen minskar",
            "Distansärenden blir vanligare",
        ),
        *("Cyklingens andel växer", "Personalomsättningen sjunker", "Nya företag grundas", "Museet får fler besökare"),
        *("Vattenförlusterna minskar", "Tillstånd inom en månad", "Tomter överlåts"),
    ],
    "en": [
        *("Employment rate rises", "Population grows", "Operating margin covers depreciation", "Debt decreases"),
        *("Customer satisfaction improves", "Library loans increase", "Emissions fall", "More services online"),
        *("Share of cycling grows", "Staff turnover falls", "New firms founded", "Museum gets more visitors"),
        *("Water loss is reduced", "Permits within a month", "Lots are sold"),
    ],
}
TOIMIALAT = {
    "fi": [
        *("Sivistyspalvelut", "Tekniset palvelut", "Elinvoimapalvelut", "Hallintopalvelut", "Hyvinvointipalvelut"),
        *("Konsernipalvelut", "Kaupunkikehitys", "Ympäristötoimi"),
    ],
    "sv": ["Bildningssektorn", "Tekniska sektorn", "Förvaltningssektorn", "Livskraftstjänster", "Miljötjänster"],
    "en": ["Community Services", "Public Works", "Corporate Services", "Planning and Development", "Finance"],
}
TOIMIELIMET = {
    "fi": ["Kunnanhallitus", "Sivistyslautakunta", "Tekninen lautakunta", "Elinvoimalautakunta", "Ympäristölautakunta"],
    "sv": ["Kommunstyrelsen", "Bildningsnämnden", "Tekniska nämnden", "Miljönämnden"],
    "en": ["Finance Committee", "Planning Committee", "Community Services Committee", "City Council"],
}
VASTUUT = {
    "fi": [
        *("Hallintojohtaja", "Tekninen johtaja", "Sivistysjohtaja", "Kaavoittaja", "Elinkeinojohtaja", "Rehtorit"),
        *(
            "Kirjastonjohtaja",
            "Vapaa-aikasihteeri",
            "Talouspäällikkö",
            "Henkilöstöpäällikkö",
            "Kuntatekniikan päällikkö",
        ),
    ],
    "sv": [
        "Stadsdirektören",
        "Tekniska direktören",
        "Bildningsdirektören",
        "Planläggaren",
        "Bibliotekschefen",
        "Rektorerna",
    ],
    "en": ["City Manager", "Director of Planning", "Library Manager", "Treasurer", "Parks Supervisor", "HR Manager"],
}
MITTARIT = {
    "fi": [
        *(
            "Tontit, kpl",
            "Käyttöaste, %",
            "Kävijät vuodessa",
            "Osallistujat, hlö",
            "Lainakanta, €/asukas",
            "Päästöt, t CO2",
        ),
        *("Sairauspoissaolot, pv/hlö", "Kunnostettu matka, km", "Asiakastyytyväisyys", "Perustetut yritykset, kpl"),
    ],
    "sv": [
        "Tomter, st",
        "Användningsgrad, %",
        "Besökare per år",
        "Deltagare, pers.",
        "Utsläpp, t CO2",
        "Sjukdagar, d/pers.",
    ],
    "en": [
        "Lots sold",
        "Utilisation, %",
        "Visitors per year",
        "Participants",
        "Emissions, t CO2",
        "Sick days per person",
    ],
}
_LAUSEET = {
    "fi": [
        *(
            "Kilpailutus saatiin valmiiksi ja sopimus allekirjoitettiin.",
            "Rahoitus puuttuu vielä, hakemus jätettiin syyskuussa.",
        ),
        *("Suunnitelma on ollut nähtävillä, lausuntoja saatiin {n}.", "Työ on siirtynyt henkilövaihdosten vuoksi."),
        *("Osallistujia oli {n}, palaute hyvää.", "Tilat otettiin käyttöön elokuussa.", "Valtuusto hyväksyi ohjelman."),
        *(
            "Urakka käynnistyi, valmis ensi kesänä.",
            "Selvitys tehtiin konsulttityönä.",
            "Ei edennyt, koska avustusta ei myönnetty.",
        ),
        *("Pilotti päättyi, jatkosta päätetään talousarviossa.", "Kuntalaiskyselyyn vastasi {n} asukasta."),
        *("Kohteista on kunnostettu {n}.", "Koulutuksia pidettiin {n} ja niihin osallistui koko henkilöstö."),
        *("Valitus hallinto-oikeudessa, rakentaminen odottaa.", "Yhteistyö yhdistysten kanssa on vakiintunut."),
    ],
    "sv": [
        *(
            "Upphandlingen blev klar och avtalet undertecknades.",
            "Finansieringen saknas ännu, ansökan lämnades i september.",
        ),
        *("Planen har varit framlagd, {n} utlåtanden kom in.", "Arbetet har skjutits upp på grund av personbyten."),
        *(
            "Deltagarna var {n}, responsen var god.",
            "Lokalerna togs i bruk i augusti.",
            "Fullmäktige godkände programmet.",
        ),
        *("Entreprenaden inleddes, färdig nästa sommar.", "Utredningen gjordes av en konsult."),
    ],
    "en": [
        *(
            "Tendering was completed and the contract was signed.",
            "Funding is still missing; an application was filed in May.",
        ),
        *("The draft was on display, {n} statements were received.", "Work was postponed because of staffing changes."),
        *("There were {n} participants and feedback was good.", "The premises were taken into use in August."),
        *("Council approved the programme.", "Construction began and will end next summer."),
    ],
}
_PALAT = {
    "rahoitus": {
        "fi": ["Talousarvio", "EU-tuki", "Valtionavustus"],
        "sv": ["Budget", "EU-stöd"],
        "en": ["Budget", "Grant"],
    },
    "kohderyhma": {
        "fi": ["Lapsiperheet", "Nuoret", "Ikäihmiset", "Yritykset"],
        "sv": ["Barnfamiljer", "Unga", "Företag"],
        "en": ["Families", "Youth", "Businesses"],
    },
    "jarjestot": {
        "fi": ["Seurakunta", "4H-yhdistys", "Yrittäjät ry", "Kyläyhdistykset", "Maakuntaliitto"],
        "sv": ["Församlingen", "Marthaföreningen", "Företagarna rf"],
        "en": ["Chamber of Commerce", "Lions Club", "University"],
    },
    "kiire": {"fi": ["Heti", "Tänä vuonna", "Myöhemmin"], "sv": ["Genast", "Senare"], "en": ["Now", "Later"]},
    "sitovuus": {
        "fi": ["Valtuusto", "Lautakunta", "Muu"],
        "sv": ["Fullmäktige", "Nämnd"],
        "en": ["Council", "Committee"],
    },
    "tyyppi": {
        "fi": ["Investointi", "Kehittämishanke", "Selvitys"],
        "sv": ["Investering", "Projekt"],
        "en": ["Project"],
    },
    "aika": {
        "fi": ["2023–2025", "syksy 2024", "2024", "kevät 2025", "vuosittain"],
        "sv": ["2023–2025", "hösten 2024", "årligen"],
        "en": ["2023–2025", "fall 2024", "annually"],
    },
}


class Tekstit:
    """What is written into the cells of one table: names are never given twice."""

    def __init__(self, noppa, kieli):
        self.noppa, self.kieli = noppa, kieli
        self._given = set()

    def _fresh(self, pool):
        left = [name for name in pool if name not in self._given] or [f"{name} II" for name in pool]
        name = self.noppa.choice(left)
        self._given.add(name)
        return name

    def level(self, depth):
        """A name of the highest level (0), of the second or of the third."""
        return self._fresh((YLIN, KESKI, ALIN)[depth][self.kieli])

    def action(self, kind):
        if kind in ("sitova", "mittari"):
            pool = (SITOVAT if kind == "sitova" else MITTARIT)[self.kieli]
            if left := [name for name in pool if name not in self._given]:
                self._given.add(name := self.noppa.choice(left))
                return name
        verbs, objects = TEOT[self.kieli]
        for _ in range(40):
            name = f"{self.noppa.choice(verbs)} {self.noppa.choice(objects)}"
            if name not in self._given:
                break
        else:
            name = f"{name} ({len(self._given)})"
        self._given.add(name)
        return name

    def comment(self, most=3):
        sentences = self.noppa.sample(_LAUSEET[self.kieli], self.noppa.randint(1, most))
        return " ".join(each.format(n=self.noppa.randint(2, 240)) for each in sentences)

    def place(self):
        return self.noppa.choice(KUNNAT[self.kieli])

    def some(self, table, count):
        pool = table[self.kieli]
        return self.noppa.sample(pool, min(count, len(pool)))

    def own(self, kind):
        """A value of an own column: text, number or date."""
        noppa = self.noppa
        if kind in _PALAT:
            return noppa.choice(_PALAT[kind][self.kieli])
        if kind == "teksti":
            return self.comment(1)
        if kind == "eurot":
            return noppa.randint(1, 80) * 2500
        if kind == "tuhannet":
            return noppa.choice([3, 5, 12, 25, 40, 80, 120, 7.5])
        if kind == "arvosana":
            return noppa.randint(1, 5)
        if kind == "abc":
            return noppa.choice("ABC")
        if kind == "paiva":
            return datetime.date(2024, 1, 1) + datetime.timedelta(noppa.randint(0, 700))
        if kind == "asianumero":
            return f"{noppa.randint(12, 980)}/02.{noppa.randint(10, 99)}/2024"
        return noppa.randint(6, 140)
