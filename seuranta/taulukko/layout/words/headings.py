"""What municipalities call their columns. A phrase may end in "*" ("risk*": risk, riski, riskit)."""

# class of heading -> phrases. A class is what the words say, not yet a role: order and values decide that.
HEADINGS = {
    "ylin": "näkökulma; näkökulmat; perspektiv; perspective; "
    "område; områden; prioriterat område; prioriterade områden; painopiste; painopisteet; "
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
    "alin": "key result; key results; avaintulos; avaintulokset; task name; "
    "toimenpiteen kuvaus; toimenpiteen nimi; toimenpiteen sisältö; action description; toimenpide; "
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
    "alkaa": "startår; aloitusvuosi; alkuvuosi; alkamisvuosi; start year; "
    "alkaa; alkupäivä; aloitus; alku; alkamispäivä; alkamisaika; aloituspäivä; aloitettu; börjar; "
    "startdatum; "
    "start; start date; begins; alkupvm; aloituspvm",
    "paattyy": "klart år; slutår; päättymisvuosi; valmistumisvuosi; end year; completion year; "
    "päättyy; loppupäivä; loppu; päättymispäivä; slutar; slutdatum; slut; end; end date; loppupvm",
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
    "bedömning; tilannearvio; toteumatilanne; arvioitu toteutuminen; "
    "onnistuminen; onnistumisen arvio; etenemä; edistymä; etenemisprosentti",
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
    "muu": "created by; completed by; modified by; created date; completed date; last modified; checklist items; "
    "completed checklist items; labels; tunnisteet; is recurring; late; "
    "email; e-mail; sähköposti; sähköpostiosoite; e-post; puhelin; telefon; phone; "
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

# What only some kunnat ask of a kirjaus; and the headings of our own flat export.
LISAT = ("ennuste", "poikkeaman_syy", "korjaavat_toimet")
VIENTI = {
    "Painopiste", "Strateginen tavoite", "Toimialan tavoite", "Koodi", "Toimenpide", "Toimielin", "Toimiala", "Vastuu",
    "Riski", "Mittari", "SDG", "Jakso", "Toteutumisaste", "Syy", "Kommentti",
}  # fmt: skip
