"""Addresses of the seurantajaksot and the tuonnit."""

from django.urls import include, path

from .haku import views as haku
from .hyvaksynta import views as hyvaksynta
from .jakso import views as jakso
from .kalenteri import views as kalenteri
from .kirjaaminen import views as kirjaaminen
from .kutsulista import views as kutsulista
from .kysymys import views as kysymys
from .luettelosta import views as luettelo
from .mittari import api
from .mittari import views as mittari
from .muistutus import views as muistutus
from .riski import views as riski
from .samoin import views as samoin
from .toimenpide import views as toimenpide
from .tuonti import views as tuonti
from .vastaustaulukko import views as vastaustaulukko

app_name = "seuranta"
urlpatterns = [
    path("omat/", kirjaaminen.omat, name="omat"),
    path("jaksot/<int:pk>/kirjaa/", kirjaaminen.kirjaus_lista, name="kirjaus-lista"),
    path("jaksot/<int:pk>/vastaukset/", kirjaaminen.vastaukset, name="vastaukset"),
    path("jaksot/<int:pk>/ei-muutosta/", samoin.samoin, name="samoin"),
    path("jaksot/<int:pk>/viestit/", kysymys.kysymykset, name="kysymykset"),
    path("jaksot/<int:pk>/viestit/<int:toimenpide>/", kysymys.kysymys_lista, name="kysymys-lista"),
    path("hyvaksyttavat/", hyvaksynta.hyvaksyttavat, name="hyvaksyttavat"),
    path("jaksot/<int:pk>/hyvaksy/", hyvaksynta.hyvaksynta_lista, name="hyvaksynta-lista"),
    path("jaksot/", jakso.jakso_lista, name="jakso-lista"),
    path("jaksot/uusi/", jakso.jakso_uusi, name="jakso-uusi"),
    path("jaksot/<int:pk>/", jakso.jakso_detail, name="jakso-detail"),
    path("jaksot/<int:pk>/kokoukset/uusi/", kalenteri.kokous_uusi, name="kokous-uusi"),
    path("kokoukset/<int:pk>/poista/", kalenteri.kokous_poista, name="kokous-poista"),
    path("kalenteri/", kalenteri.kalenteri, name="kalenteri"),
    path("kalenteri.ics", kalenteri.kalenteri_ics, name="kalenteri-ics"),
    path("jaksot/<int:pk>/tarkista/", jakso.jakso_tarkista, name="jakso-tarkista"),
    path("mittarit/<int:pk>/", mittari.mittari_detail, name="mittari-detail"),
    path("strategia/<int:pk>/linkitetyt/", toimenpide.linkitetyt, name="linkitetyt"),
    path("strategia/<int:pk>/riskit/", riski.riski_lista, name="riski-lista"),
    path("toimenpiteet/<int:pk>/riskit/uusi/", riski.riski_uusi, {"taso": "toimenpide"}, "toimenpide-riski-uusi"),
    path("tavoitteet/<int:pk>/riskit/uusi/", riski.riski_uusi, {"taso": "tavoite"}, "tavoite-riski-uusi"),
    path("riskit/<int:pk>/muokkaa/", riski.riski_muokkaa, name="riski-muokkaa"),
    path("kayttajat/kutsu/monta/", kutsulista.kutsulista, name="kutsulista"),
    path("vastaustilanne/", muistutus.vastaustilanne, name="vastaustilanne"),
    path("jaksot/<int:pk>/muistuta/", muistutus.jakso_muistuta, name="jakso-muistuta"),
    path("jaksot/<int:pk>/muistutukset/", muistutus.muistutus_lista, name="muistutus-lista"),
    path("jaksot/<int:pk>/jatka/", jakso.jakso_jatka, name="jakso-jatka"),
    path("jaksot/<int:pk>/muokkaa/", jakso.jakso_muokkaa, name="jakso-muokkaa"),
    path("jaksot/<int:pk>/siirra/", jakso.jakso_siirra, name="jakso-siirra"),
    path("jaksot/<int:pk>/avaa/", jakso.jakso_avaa, name="jakso-avaa"),
    path("jaksot/<int:pk>/viimeistele/", jakso.jakso_viimeistele, name="jakso-viimeistele"),
    path("jaksot/<int:pk>/avaa-uudelleen/", jakso.jakso_avaa_uudelleen, name="jakso-avaa-uudelleen"),
    path("jaksot/<int:pk>/vastaustaulukot/", vastaustaulukko.vastaustaulukko_lista, name="vastaustaulukko-lista"),
    path(
        "jaksot/<int:pk>/vastaustaulukot/toimiala/<int:toimiala>.xlsx",
        vastaustaulukko.vastaustaulukko_lataa,
        name="vastaustaulukko-lataa",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/toimiala/<int:toimiala>/laheta/",
        vastaustaulukko.vastaustaulukko_laheta,
        name="vastaustaulukko-laheta",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/",
        vastaustaulukko.vastaustaulukko_detail,
        name="vastaustaulukko-detail",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/paatokset/",
        vastaustaulukko.vastaustaulukko_paata,
        name="vastaustaulukko-paata",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/tallenna/",
        vastaustaulukko.vastaustaulukko_tallenna,
        name="vastaustaulukko-tallenna",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/hylkaa/",
        vastaustaulukko.vastaustaulukko_hylkaa,
        name="vastaustaulukko-hylkaa",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/kumoa/",
        vastaustaulukko.vastaustaulukko_kumoa,
        name="vastaustaulukko-kumoa",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:tuonti>/tiedosto/",
        vastaustaulukko.vastaustaulukko_tiedosto,
        name="vastaustaulukko-tiedosto",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:toimiala>.xlsx",
        vastaustaulukko.lataa_siirtyi,
        name="vastaustaulukko-lataa-siirtyi",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:toimiala>/laheta/",
        vastaustaulukko.laheta_siirtyi,
        name="vastaustaulukko-laheta-siirtyi",
    ),
    path("haku/", haku.haku, name="haku"),
    path("toimenpiteet/<int:pk>/", toimenpide.toimenpide_detail, name="toimenpide-detail"),
    path("strategia/<int:pk>/luettelo/", luettelo.strategia_luettelo, name="strategia-luettelo"),
    path("tuonti/", tuonti.tuonti_lista, name="tuonti-lista"),
    path("tuonti/pohja/", tuonti.tuonti_pohja, name="tuonti-pohja"),
    path("tuonti/<int:pk>/", tuonti.tuonti_detail, name="tuonti-detail"),
    path("tuonti/<int:pk>/lukutapa/", tuonti.tuonti_lukutapa, name="tuonti-lukutapa"),
    path("tuonti/<int:pk>/rivi/<path:solu>/", tuonti.tuonti_rivi, name="tuonti-rivi"),
    path("tuonti/<int:pk>/paatokset/", tuonti.tuonti_paata, name="tuonti-paata"),
    path("tuonti/<int:pk>/tallenna/", tuonti.tuonti_tallenna, name="tuonti-tallenna"),
    path("tuonti/<int:pk>/hylkaa/", tuonti.tuonti_hylkaa, name="tuonti-hylkaa"),
    path("tuonti/<int:pk>/kumoa/", tuonti.tuonti_kumoa, name="tuonti-kumoa"),
    path("tuonti/<int:pk>/vertaa/", tuonti.tuonti_vertaa, name="tuonti-vertaa"),
    path("tuonti/<int:pk>/taulukko/", tuonti.tuonti_taulukko, name="tuonti-taulukko"),
    path("tuonti/<int:pk>/tiedosto/", tuonti.tuonti_tiedosto, name="tuonti-tiedosto"),
    path("api/v1/", include(api.list_urls())),
]
