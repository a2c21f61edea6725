"""Words only: what municipalities call columns, states, periods and boards, in Finnish, Swedish and English.

A new municipality adds words here, never code. A phrase may end in "*" ("risk*": risk, riski, riskit). How a longer
heading is weighed by its words is told in headings.py.
"""

# class of heading -> phrases. A class is what the words say, not yet a role: order and values decide that.
HEADINGS = {
    "ylin": "område; områden; prioriterat område; prioriterade områden; painopiste; painopisteet; "
    "painopistealue; painopistealueet; strategiakärki; strategiakärjet; kärki; kärjet; "
    "strateginen kärki; strategiset kärjet; päämäärä; päämäärät; strateginen päämäärä; strategiset päämäärät; teema; "
    "teemat; strateginen teema; ohjelma; ohjelmat; ohjelmakokonaisuus; fokusalue; fokus; kokonaisuus; osa-alue; "
    "osa-alueet; valtuustokauden tavoite; valtuustokauden tavoitteet; strategian osa; strategia-alue; "
    "menestystekijä; "
    "kriittinen menestystekijä; kehittämisalue; painotus; strategialupaus; lupaus; linjaus; "
    "strateginen linjaus; aihe; "
    "aihealue; visio; pääteema; tyngdpunkt; tyngdpunkter; tyngdpunktsområde; tyngdpunktsområden; fokusområde; "
    "fokusområden; prioritering; prioriteringar; insatsområde; insatsområden; tema; teman; målområde; målområden; "
    "inriktning; inriktningsmål; kommunfullmäktiges mål; kf-mål; fullmäktigemål; övergripande mål; "
    "strategiskt område; "
    "priority; strategic priority; strategic priorities; priorities; theme; themes; pillar; strategic pillar; focus "
    "area; focus areas; strategic direction; strategic area; programme; program; spetsprojekt; strategisk spets",
    "keski": "target; targets; tavoite; tavoitteet; strateginen tavoite; strategiset tavoitteet; "
    "strategiatavoite; strategiatavoitteet; "
    "vuositavoite; vuositavoitteet; osatavoite; osatavoitteet; välitavoite; toiminnallinen tavoite; toiminnalliset "
    "tavoitteet; kehittämistavoite; päätavoite; tulostavoite; tavoitetila; tavoite ja tulos; mål; målet; "
    "målsättning; "
    "målsättningar; strategiskt mål; strategiska mål; målbild; goal; goals; strategic goal; objective; objectives; "
    "strategic objective; outcome; outcomes; aim; nämndmål; effektmål; verksamhetsmål",
    "toimialan_tavoite": "toimialan tavoite; toimialan tavoitteet; toimialojen tavoitteet; palvelualueen tavoite; "
    "yksikön tavoite; tulosalueen tavoite; lautakunnan tavoite; sektorns mål; enhetens mål; nämndens mål; department "
    "goal; departmental objective",
    "alin": "toimenpiteen kuvaus; toimenpiteen nimi; toimenpiteen sisältö; action description; toimenpide; "
    "toimenpiteet; toimenpi; teko; teot; tekeminen; kärkihanke; kärkihankkeet; hanke; hankkeet; "
    "projekti; projektit; toimi; toimet; toimenpidekokonaisuus; keino; keinot; tehtävä; tehtävät; aktiviteetti; "
    "toteuttamistoimi; toteutustoimi; kehittämiskohde; kehittämistoimi; kehittämishanke; sitova tavoite; sitovat "
    "tavoitteet; sitova toiminnallinen tavoite; delmål; uppdrag; uppdraget; åtgärd; åtgärder; insats; insatser; "
    "aktivitet; aktiviteter; projekt; handling; satsning; action; actions; action item; initiative; initiatives; "
    "activity; activities; measure; measures; deliverable; task; tasks; project; projects; milestone; work item",
    "nimi": "nimi; nimike; otsikko; namn; rubrik; name; title; asia; kohde; sisältö; what; mitä; mitä tehdään",
    "mittari": "measure; measures; mittari; mittarit; tunnusluku; tunnusluvut; indikaattori; indikaattorit; "
    "mittari/indikaattori; "
    "seurantamittari; arviointimittari; arviointimittarit; tulosmittari; mittaus; mätare; mätetal; nyckeltal; mått; "
    "indikator; indikatorer; mätning; indicator; indicators; kpi; kpis; metric; metrics; performance indicator; "
    "success measure; measure of success; onnistumisen mittari; arviointiperuste; arviointikriteeri",
    "koodi": "koodi; tunnus; tunniste; id; kod; code; ref; reference; tunnistenumero; viite; beteckning",
    "numero": "nro; nr; no; n:o; numero; järjestysnumero; järjestysnro; juokseva numero; löpnummer; number; #; rivi; "
    "rivinumero; row",
    "toimiala": "toimiala; toimialat; vastuutoimiala; palvelualue; palvelualueet; hallinnonala; "
    "hallintokunta; osasto; "
    "sektor; sektorn; sektorer; ansvarsområde; förvaltning; avdelning; verksamhetsområde; department; "
    "lead department; "
    "division; service area; tulosalue; vastuualue; vastuuosasto; vastuuyksikkö; yksikkö ja vastuu; responsible "
    "department; portfolio",
    "toimielin": "toimielin; toimielimet; lautakunta; lautakunnat; vastuulautakunta; jaosto; organ; nämnd; nämnder; "
    "ansvarig nämnd; utskott; board; committee; council body",
    "vastuu": "vastuu; vastuut; vastuutaho; vastuutahot; vastuullinen; vastuulliset; vastuuhenkilö; vastuuhenkilöt; "
    "vastuutyöntekijä; vastuuviranhaltija; omistaja; toteuttaja; toteuttajat; toteutusvastuu; päävastuu; kuka; "
    "vastuussa; tekijä; ansvar; ansvarig; ansvariga; ansvarsperson; ansvarig person; ägare; utförare; vem; owner; "
    "lead; responsible; responsibility; accountable; responsible party; responsible person; who; assigned to; "
    "vastuu ja aikataulu; vastuutaho ja aikataulu",
    "riski": "riski; riskit; risk; risker; risks; uhka; uhat; hot; riskit ja mahdollisuudet",
    "sdg": "sdg; sdgs; sdg-tavoite; agenda 2030; kestävän kehityksen tavoite; "
    "kestävän kehityksen tavoitteet; globala "
    "mål; hållbarhetsmål",
    "voimassa": "voimassa; voimassaolo; voimassaoloaika; toteutusvuosi; toteutusvuodet; toteutusaika; vuodet; "
    "giltighet; giltighetstid; valid; years; genomförandeår",
    "alkaa": "alkaa; alkupäivä; aloitus; alku; alkamispäivä; alkamisaika; aloituspäivä; aloitettu; börjar; "
    "startdatum; "
    "start; start date; begins; alkupvm; aloituspvm",
    "paattyy": "päättyy; loppupäivä; loppu; päättymispäivä; slutar; slutdatum; slut; end; end date; loppupvm",
    "aikataulu": "määräaika; määräpäivä; deadline; valmis mennessä; due; due date; target date; takaraja; "
    "förfallodatum; "
    "tidsfrist; valmistumisaika; valmistumispäivä; aikataulu; aikataulutus; ajoitus; milloin; tidtabell; "
    "tidsplan; tidsram; när; schedule; timeline; "
    "timeframe; timing; when; toteutusaikataulu; aikajänne; vuosi; år; year",
    "jakso": "jakso; seurantajakso; raportointijakso; raportointikausi; uppföljningsperiod; rapportperiod; reporting "
    "period; period; ajankohta",
    "aste": "toteutumisaste; toteutusaste; etenemisaste; edistymisaste; toteumisaste; valmiusaste; valmistumisaste; "
    "aste; arvosana; pisteet; pistemäärä; status; tila; tilanne; toteutunut; toteutuiko; toteutunut?; liikennevalo; "
    "liikennevalot; toteutumisen aste; toteutumisen tila; toteutumatilanne; edistymistilanne; etenemistilanne; "
    "valmiustila; valmius; kokonaistila; kokonaistilanne; tavoitteen toteutuminen; toteutumistilanne; "
    "förverkligandegrad; genomförandegrad; grad; läge; statusläge; genomförd; genomfört; uppfyllt; måluppfyllelse; "
    "uppfyllelse; trafikljus; lägesbedömning; progress; completion; state; rag; rag status; rating; "
    "achieved; current "
    "status; completed; arvio toteutumisesta; arvio tavoitteen toteutumisesta; toteumaväri; väri; merkki; symboli; "
    "bedömning; tilannearvio; toteumatilanne; arvioitu toteutuminen",
    # Of these the heading alone is enough: whatever stands under it is a status or an error.
    "varma_aste": "toteutumisaste; toteutusaste; etenemisaste; edistymisaste; toteumisaste; valmiusaste; "
    "valmistumisaste; aste; arvosana; pisteet; pistemäärä; status; liikennevalo; liikennevalot; förverkligandegrad; "
    "genomförandegrad; grad; trafikljus; rag; rag status; score; toteutumisen aste",
    "kausi": "seurantavuosi; raportointivuosi; arviointivuosi; tilanne; läge; kokonaistilanne; toteuma; "
    "toteutuma; toteutuminen; eteneminen; edistyminen; arvio; arviointi; seuranta; seurannan tulos; "
    "arvioinnin tulos; uppföljning; utfall; utvärdering; follow-up; result; results; seurantatieto; katsaus; "
    "väliarvio; väliarviointi; raportti; raportointi; toimeenpano; toteutus; update",
    "kommentti": "kommentti; kommentit; kommentointi; komentointi; kommentoi; selite; selitteet; selitys; selvitys; "
    "perustelu; perustelut; huomiot; huomio; huomioita; huomioitavaa; huomautus; huomautukset; teksti; sanallinen "
    "arvio; sanallinen arviointi; sanallinen kuvaus; sanallinen seuranta; sanallinen raportti; "
    "tilannekuvaus; tilannekuva; "
    "lisätieto; lisätiedot; lisätietoja; miten toteutunut; miten toteutui; mitä on tehty; mitä tehty; kuvaus "
    "toteutumisesta; toteutuksen kuvaus; tehdyt toimenpiteet; arviointi / huomiot; raportin teksti; "
    "julkaistava teksti; "
    "analyysi; havainnot; kommentar; kommentarer; beskrivning; beskrivning av läget; beskrivning av utfall; "
    "anmärkning; "
    "anmärkningar; motivering; förklaring; lägesbeskrivning; noteringar; comment; comments; note; notes; remarks; "
    "narrative; commentary; update notes; status update; progress update; explanation; progress notes",
    "kuvaus": "kuvaus; tavoitteen kuvaus; description; details; tarkennus; tarkempi kuvaus; "
    "tavoitteen tarkennus; sisällön kuvaus; tausta; bakgrund; background; rajaus",
    "sisainen_huomio": "sisäinen huomio; sisäiset huomiot; sisäinen kommentti; sisäiset kommentit; sisäinen "
    "muistiinpano; intern anmärkning; intern kommentar; interna anteckningar; internal note; internal notes; "
    "internal "
    "comment",
    "syy": "syy; miksi ei arvioida; orsak; syy, miksi ei arvioida",
    "ennuste": "ennuste; ennusteet; ennustettu; toteutumisennuste; toteutumisennuste*; tilinpäätösennuste; "
    "prognos; prognoser; forecast",
    "poikkeaman_syy": "poikkeaman syy; poikkeamien syy; poikkeaman syyt; poikkeamien syyt; poikkeaman selitys; "
    "poikkeaman selvitys; poikkeaman perustelu; poikkeaman perustelut; syy poikkeamaan; syyt poikkeamaan; poikkeama; "
    "poikkeamat; avvikelse; avvikelser; orsak till avvikelse; orsak till avvikelsen; orsaker till avvikelse; "
    "orsaker till avvikelser; "
    "variance; reason for variance",
    "korjaavat_toimet": "korjaava toimi; korjaavat toimet; korjaava toimenpide; korjaavat toimenpiteet; "
    "korjaustoimet; "
    "korjaustoimenpiteet; korrigerande åtgärd; korrigerande åtgärder; korrigeringsåtgärd; korrigeringsåtgärder; "
    "corrective action; corrective actions; mitigation",
    "tarkeys": "prioriteetti; tärkeys; vaikuttavuus; vaikutus; merkittävyys; kiireellisyys; riskiluku; riskitaso; "
    "todennäköisyys; vakavuus; painoarvo; painokerroin; järjestys; tärkeysjärjestys; resurssitarve; työmäärä; "
    "haastavuus; prioritet; viktighet; viktning; angelägenhet; sannolikhet; priority level; importance; impact; "
    "urgency; effort; weight; likelihood; severity; riskin suuruus; sitovuus; tyyppi; luokka; luokitus; typ; type; "
    "category; kategoria; lähtötaso arvio; vaikuttavuusarvio; tärkeysluokka",
    "muu": "email; e-mail; sähköposti; sähköpostiosoite; e-post; puhelin; telefon; phone; "
    "seuraavat askeleet; seuraavat toimet; jatkotoimet; jatkotoimenpiteet; nästa steg; "
    "fortsatta åtgärder; next steps; "
    "way forward; ryhmä; ryhmät; kohderyhmä; kohderyhmät; group; groups; target group; målgrupp; målgrupper; "
    "grupp; kumppani; "
    "kumppanit; yhteistyökumppani; yhteistyökumppanit; yhteistyötaho; yhteistyötahot; partner; partners; "
    "sijainti; paikka; "
    "location; plats; linkki; link; länk; liite; bilaga; attachment; lähde; source; källa; yhteyshenkilö; "
    "kontaktperson; "
    "contact; henkilötyöpäivät; henkilötyövuodet; työpäivät; persondagar; päivitetty; päiväys; uppdaterad; "
    "updated; osallistujat; "
    "deltagare; participants; sidosryhmä; sidosryhmät; stakeholder; stakeholders; intressenter; asianumero; "
    "diaarinumero; dnro",
    "raha": "euro; eurot; €; euroa; määräraha; määrärahat; budjetti; kustannus; kustannukset; "
    "kustannusarvio; säästö; "
    "säästöt; taloudellinen vaikutus; vaikutus euroina; rahoitus; resurssi; resurssit; henkilöstöresurssit; "
    "hinta; htv; kpl; "
    "määrä; lukumäärä; toteutunut määrä; budget; cost; costs; funding; kostnad; kostnader; anslag; resurs; "
    "resurser; resources; besparing; "
    "besparingar; m€; t€; teur; tuhatta euroa; summa; antal; count; toimenpiteitä; keskiarvo; medelvärde; average",
    "mittari.lahto": "lähtötilanne; lähtöarvo; lähtötaso; nykytila; nykytilanne; nykyarvo; lähtökohta; utgångsläge; "
    "utgångsvärde; nuläge; baseline; starting value; basvärde; perustaso; vertailuarvo; lähtötilanne/tavoite",
    "mittari.tavoite": "tavoitearvo; tavoitetaso; tavoiteluku; mittarin tavoite; mittarin tavoitetaso; mittarin "
    "tavoitearvo; tavoitetasot; tavoitearvot; målvärde; målnivå; målvärden; target; target value; targets; "
    "kynnysarvo; "
    "tavoiteltu arvo; tavoiteltu taso; tavoitteen taso; raja-arvo",
    "mittari.arvo": "mittarin arvo; mittarin toteuma; toteutunut arvo; mittaustulos; mittausarvo; arvo; tulos; "
    "mätvärde; utfallsvärde; värde; actual; value; actual value; current value; toteutuneet; toteumaluku; "
    "toteuma-arvo",
    "mittari.suunta": "muutos; kehitys; suunta; trendi; kehityssuunta; kehityksen suunta; utveckling; trend; "
    "förändring; riktning; change; direction; trendi edelliseen; muutossuunta",
    "yksikko": "yksikkö; mittayksikkö; enhet; unit; mittarin yksikkö",
}

# Of the words of a comment those that say it only where no other heading does.
MORE = (
    "lisätieto; lisätiedot; lisätietoja; lisähuomio; lisähuomiot; muuta; muut huomiot; huomautus; huomautukset; huom; "
    "lähteet ja lisätiedot; noteringar; anmärkning; anmärkningar; övrigt; note; notes; remarks; additional notes; "
    "update notes"
)

# Parts that say when, where or how and nothing of what a column is; taken off before a heading is weighed.
UNITS = (
    "kpl; €; t€; m€; eur; euroa; 1000 €; 1 000 €; %; prosentti; prosenttia; htv; km; krt; hlö; hlöä; lkm; "
    "st; antal; kr; tkr; mkr"
)

# Words of a period. "…*" as above; numbers of periods (Q1, T2, OVK I) are patterns in periods.py.
SEASONS = (
    "kesä*; kevät*; kevään; syksy*; syys*; talvi*; kesäkuu*; tammikuu*; helmikuu*; maaliskuu*; huhtikuu*; toukokuu*; "
    "heinäkuu*; elokuu*; syyskuu*; lokakuu*; marraskuu*; joulukuu*; tammi; helmi; maalis; huhti; touko; "
    "heinä*; elo; loka; marras; "
    "joulu; vår; våren; sommar; höst; hösten; januari; februari; mars; april; maj; juni; juli; augusti; september; "
    "oktober; november; december; january; february; march; may; june; july; august; october; spring; "
    "summer; autumn; fall; winter"
)
REPORTS = (
    "seurantavuosi; seurantavuoden; osavuosi*; vuosikatsau*; väliraport*; välikatsau*; katsaus*; tilinpäät*; "
    "neljännes*; kvartaal*; "
    "puolivuosi*; kolmannes*; tertial*; tertiaali*; kvartal*; delår*; bokslut*; årsrapport*; halvår*; "
    "quarter; quarterly; midyear; "
    "mid-year; ovk; osk"
)

# The kinds of a jakso: any spelling that begins so -> the word in its name.
JAKSO_KINDS = (
    (r"osavuosi\w*|delårs\w*|OVK|OSK", "Osavuosikatsaus"),
    (r"tilinpäät\w*|bokslut\w*", "Tilinpäätös"),
    (r"neljännesvuosi\w*|kvartaal\w*", "Neljännesvuosi"),
    (r"puolivuosi\w*", "Puolivuosikatsaus"),
    (r"välikatsau\w*", "Välikatsaus"),
    (r"väliraport\w*", "Väliraportti"),
    (r"tertiaali\w*|tertial\w*", "Tertiaali"),
)

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
    "ei; ej; inte; not; no; never; puuttuu; tekemättä; aloittamatta; toteuttamatta; heikko; dålig; huono; "
    "poor; ogenomförd; alle; saknas"
)
PARTIAL = (
    "osittain; osin; delvis; partly; partially; kesken; jonkin; viss; vissa; some; kohtalainen; medel; "
    "keskitaso; hidas; merkittävää"
)
NO_STATUS = "arvioida; bedömas; assessed; koske; relevant; aktuell; ajankohtainen; applicable; arvioitu; bedömt"

BOARDS = (
    r"lautakun|jaosto|kaupunginhallit|kunnanhallit|valtuusto\b|toimikun|johtokun|nämnd|sektionen|styrelse|"
    r"committee\b|council\b"
)
# How important or urgent something is: "Priority" over these is no level.
IMPORTANCE = (
    "low; medium; high; normal; important; urgent; critical; matala; keskitaso; korkea; normaali; tärkeä; "
    "kiireellinen; kriittinen; erittäin tärkeä; låg; medel; hög; viktig; viktigt; brådskande; kritisk"
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
# Words of a title whose day is not the day of the state.
NOT_STATE = (
    "päivitetty; tulostettu; laadittu; hyväksytty; käsitelty; päätetty; valtuusto; kokous; palautus; "
    "palauta; mennessä; "
    "uppdaterad; godkänd; utskriven; updated; approved; printed; due"
)
# Titles that name no level: what a municipality calls its whole table.
TITLES = "seuranta; raportti; ohjelma; strategia; suunnitelma; uppföljning; rapport; report; plan; taulukko; liite"

# What only some kunnat ask of a kirjaus; and the headings of our own flat export.
LISAT = ("ennuste", "poikkeaman_syy", "korjaavat_toimet")
VIENTI = {
    "Painopiste", "Strateginen tavoite", "Toimialan tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu",
    "Riski", "Mittari", "SDG", "Jakso", "Toteutumisaste", "Syy", "Kommentti",
}  # fmt: skip
