"""Words, signs and colours that tell how far the work is, how it moved or how important it is."""

# Degree: word -> 1-5. What is not here and stands under a status heading is asked.
DEGREES = {
    1: "ei aloitettu; aloittamatta; ei alkanut; ei alkanut vielä; ei vielä aloitettu; ei käynnistetty; "
    "käynnistämättä; ei toteutunut; "
    "ei toteudu; toteutumatta; ei toteutettu; toteuttamatta; ei tehty; tekemättä; ei edennyt; ei etene; ei; "
    "ei saavutettu; ei "
    "toteutumassa; ej påbörjad; ej påbörjat; inte påbörjad; inte påbörjat; ej startad; ej genomförd; "
    "ej genomfört; inte "
    "genomförd; inte genomfört; ej uppfyllt; ej uppnått; inte uppfyllt; nej; not started; not begun; not done; not "
    "implemented; not completed; not achieved; not met; no; no progress; yet to start; inte startat",
    2: "suunnitteilla; suunnitteluvaiheessa; suunniteltu; valmisteilla; valmistelussa; alkuvaiheessa; "
    "alussa; planeras; planerad; "
    "planerat; under planering; under beredning; planned; planning; in planning; in preparation; "
    "early stage; alkamassa; käynnistymässä",
    3: "käynnissä; kesken; aloitettu; käynnistetty; työn alla; meneillään; etenee; etenemässä; vaiheessa; osittain; "
    "osittain toteutunut; toteutunut osittain; toteutuu osittain; osittain toteutettu; osin toteutunut; osin; "
    "puolivälissä; toteutumassa osittain; pågår; pågående; påbörjad; påbörjat; delvis; delvis genomförd; delvis "
    "genomfört; delvis uppfyllt; delvis uppnått; under arbete; in progress; underway; under way; "
    "ongoing work; started; "
    "partly; partially; partially complete; partially completed; partly done; partially met; partially achieved; "
    "on-going implementation; kehitteillä; toteutuksessa; toteutus käynnissä; toteutus kesken",
    4: "lähes valmis; lähes toteutunut; melkein valmis; loppuvaiheessa; viimeistelyssä; pääosin toteutunut; "
    "pääosin; suurelta osin; "
    "toteutunut pääosin; nästan klar; nästan klart; i huvudsak; i slutskedet; till största delen; nearly complete; "
    "almost complete; almost done; nearly done; mostly complete; mostly; near completion; final stage",
    5: "valmis; valmistunut; valmiina; toteutunut; toteutettu; toteutuu; toteutui; tehty; kyllä; saavutettu; "
    "suoritettu; päättynyt valmiina; "
    "toteutunut kokonaan; toteutunut täysin; täysin toteutunut; kokonaan; genomförd; genomfört; klar; klart; färdig; "
    "färdigt; slutförd; slutfört; avslutad; avslutat; uppfyllt; uppnått; uppnådd; ja; complete; completed; done; "
    "finished; implemented; achieved; met; fully met; delivered; yes; fully achieved; toteutumassa; "
    "otettu käyttöön; käytössä",
}

# Words that tell time, trend or a stop, not how far the work is: known to be a status, and always asked.
ASKED = (
    "aikataulussa; myöhässä; viivästynyt; viivästyy; jatkuva; jatkuvaa; jatkuu; keskeytetty; keskeytynyt; "
    "tauolla; odottaa; "
    "pysähdyksissä; siirretty; siirtyy; luovuttu; peruttu; hylätty; on track; on schedule; behind; behind schedule; "
    "delayed; ahead; at risk; on hold; paused; ongoing; continuous; cancelled; canceled; deferred; stalled; enligt "
    "plan; i fas; försenad; försenat; löpande; kontinuerlig; pausad; avbruten; avbrutet; uppskjuten; off track; "
    "needs attention; etenee suunnitellusti; suunnitelman mukaisesti; aikataulun mukaisesti; "
    "edistyy suunnitellusti; k; e; o; os; y; n; j"
)

# A check box as a word: ticked, and not.
BOXES = {True: "tosi; true; sant", False: "epätosi; false; falskt"}
# Reasons of a missing score as words, in the score's own column or in the column "Syy".
REASONS = {
    "ei_vastattu": "ei vastattu; ei vastausta; ei lähetetty",
    "ei_arvioida": "-; –; —; ei arvioitu; ei arvioida; ei arvioida tällä jaksolla; ei arvioitavissa; "
    "ei voida arvioida; "
    "ei voi arvioida; ei raportoida; inte bedömt; ej bedömt; kan inte bedömas; ej bedömd; not assessed; n/a; "
    "na; ei tietoa",
    "alkaa_myohemmin": "alkaa myöhemmin",
    "luovuttu": "luovuttu",
}

# Words of change: how an indicator moved.
TRENDS = (
    "parantunut; paranee; heikentynyt; heikkenee; ennallaan; pysynyt ennallaan; noussut; laskenut; nousee; "
    "laskee; kasvanut; "
    "vähentynyt; muuttumaton; vakaa; förbättrad; förbättrats; försämrad; försämrats; oförändrad; oförändrat; ökat; "
    "minskat; improved; improving; worsened; worsening; unchanged; stable; increased; decreased; declining"
)
ARROWS = "↑↓→←↗↘↖↙⬆⬇➡⇧⇩⇨🡅🡇🡆▲▼"
SIGNS = {
    "😊": 5, "☺": 5, "🙂": 5, "😀": 5, "😃": 5, "😐": 3, "😑": 3, "☹": 1, "🙁": 1, "😞": 1, "😟": 1,
    "●": 5, "◕": 4, "◑": 3, "◐": 3, "◔": 2, "○": 1,
    "☐": None, "✓": 5, "✔": 5, "✅": 5, "☑": 5, "✗": 1, "✘": 1, "✖": 1, "☒": 1, "❌": 1, "✕": 1,
    "🟢": 5, "🟡": 3, "🔴": 1, "+": None, "++": None, "--": None, "+/-": None,
    "◆": None, "■": None, "▲": None, "★": None, "◇": None, "□": None, "△": None, "⬤": None,
    "🟠": None, "⚫": None, "⚪": None,
}  # fmt: skip
COLOUR_WORDS = {
    "green": "vihreä; vihreällä; vihreät; grön; grönt; gröna; green; vihr; vihreä pallo",
    "yellow": "keltainen; keltaisella; keltaiset; gul; gult; gula; yellow; amber; kelt",
    "red": "punainen; punaisella; punaiset; röd; rött; röda; red; pun",
    "other": "oranssi; orange; sininen; blå; blue; harmaa; grå; grey; gray; valkoinen; vit; white; musta; "
    "svart; black; violetti",
}

# Negation and partness: how an unknown phrase of a legend leans.
NEGATIVE = (
    "ei; ej; inte; not; no; never; puuttuu; tekemättä; aloittamatta; toteuttamatta; heikko; heikosti; dålig; dåligt; "
    "huono; huonosti; poorly; badly; "
    "poor; ogenomförd; alle; saknas"
)
PARTIAL = (
    "osittain; osin; delvis; partly; partially; kesken; jonkin; viss; vissa; some; kohtalainen; medel; "
    "keskitaso; hidas; merkittävää"
)
NO_STATUS = "arvioida; bedömas; assessed; koske; relevant; aktuell; ajankohtainen; applicable; arvioitu; bedömt"

# How important or urgent something is: "Priority" over these is no level.
IMPORTANCE = (
    "low; medium; high; normal; important; urgent; critical; matala; keskitaso; korkea; normaali; tärkeä; "
    "kiireellinen; kriittinen; erittäin tärkeä; låg; medel; hög; viktig; viktigt; brådskande; kritisk"
)
