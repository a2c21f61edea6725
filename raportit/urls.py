"""Addresses of the front page, the closing of a jakso and the reports."""

from django.urls import path

from .avoin import views as avoin
from .etusivu import views as etusivu
from .julkaisu import views as julkaisu
from .julkinen import views as julkinen
from .julkivertailu import views as julkivertailu
from .koonti import views as koonti
from .muutokset import views as muutokset
from .raportti import views as raportti
from .sulkeminen import views as sulkeminen
from .tilaus import views as tilaus
from .tyyli import views as tyyli
from .upotus import views as upotus
from .vertailu import views as vertailu
from .vuoropuhelu import views as vuoropuhelu

app_name = "raportit"
urlpatterns = [
    path("", etusivu.etusivu, name="etusivu"),
    path("jaksot/<int:pk>/sulje/", sulkeminen.jakso_sulje, name="jakso-sulje"),
    path("jaksot/<int:pk>/sulje/ota-mukaan/", sulkeminen.jakso_ota_mukaan, name="jakso-ota-mukaan"),
    path("jaksot/<int:pk>/saate/", koonti.jakso_saate, name="jakso-saate"),
    path("jaksot/<int:pk>/luonnos/", raportti.luonnos, name="luonnos"),
    path("jaksot/<int:pk>/luonnos.<str:muoto>", raportti.luonnos_lataa, name="luonnos-lataa"),
    path("strategia/<int:pk>/sarakkeet/", koonti.sarakkeet_muokkaa, name="sarakkeet-muokkaa"),
    path("strategia/<int:pk>/esittely/", koonti.strategia_esittely, name="strategia-esittely"),
    path("tyyli/", tyyli.tyyli, name="tyyli"),
    path("raportit/<int:pk>/tiedostot/", sulkeminen.versio_tiedostot, name="versio-tiedostot"),
    path("raportit/<int:pk>/valmistuu/<str:muoto>/", raportti.versio_valmistuu, name="versio-valmistuu"),
    path(
        "raportit/<int:pk>/julkinen/valmistuu/<str:muoto>/",
        raportti.versio_valmistuu_julkinen,
        name="versio-valmistuu-julkinen",
    ),
    path("jaksot/<int:pk>/luonnos/<slug:tiiviste>/<str:muoto>/", raportti.luonnos_valmistuu, name="luonnos-valmistuu"),
    path(
        "raportit/<int:pk>/osa/<slug:tiiviste>/<str:muoto>/", raportti.versio_osa_valmistuu, name="versio-osa-valmistuu"
    ),
    path("raportit/<int:pk>/kaaviot/<slug:nimi>.<str:muoto>", raportti.versio_kaavio, name="versio-kaavio"),
    path("raportit/<int:pk>/julkaisu/", julkaisu.versio_julkaisu, name="versio-julkaisu"),
    path("raportit/<int:pk>/kasittelyt/uusi/", julkaisu.kasittely_uusi, name="kasittely-uusi"),
    path("kasittelyt/<int:pk>/poista/", julkaisu.kasittely_poista, name="kasittely-poista"),
    path("tarkista/", julkinen.tarkista, name="tarkista"),
    path("robots.txt", julkinen.robots, name="robots"),
    path("sitemap.xml", julkinen.sivukartat, name="sivukartat"),
    path("julkinen/<slug:slug>/sivukartta.xml", julkinen.sivukartta, name="sivukartta"),
    path("julkinen/<slug:slug>/kuva.png", julkinen.jakokuva, name="jakokuva"),
    path("julkinen/", julkinen.julkinen_kunnat, name="julkinen-kunnat"),
    path("julkinen/kunnat/vertailu/", julkivertailu.kuntavertailu, name="kuntavertailu"),
    path("julkinen/avoin-data-1.schema.json", avoin.avoin_skeema, name="avoin-skeema"),
    path("julkinen/<slug:slug>/data/", avoin.avoin_data, name="avoin-data"),
    path("julkinen/<slug:slug>/upotukset/", upotus.upotus_ohje, name="upotus-ohje"),
    path("julkinen/<slug:slug>/upotus/yhteenveto/", upotus.upotus_yhteenveto, name="upotus-yhteenveto"),
    path("julkinen/<slug:slug>/upotus/painopiste/<uuid:tunnus>/", upotus.upotus_painopiste, name="upotus-painopiste"),
    path("julkinen/<slug:slug>/upotus/mittari/<uuid:tunnus>/", upotus.upotus_mittari, name="upotus-mittari"),
    path("julkinen/<slug:slug>/kaaviot/<slug:nimi>.<str:muoto>", upotus.upotus_kaavio, name="upotus-uusin-kaavio"),
    path(
        "julkinen/<slug:slug>/kaaviot/<uuid:tunnus>/<slug:nimi>.<str:muoto>",
        upotus.upotus_kaavio,
        name="upotus-kaavio",
    ),
    path("julkinen/<slug:slug>/syote.atom", avoin.avoin_syote, name="avoin-syote"),
    path("julkinen/<slug:slug>/data/dcat.jsonld", avoin.avoin_dcat, name="avoin-dcat"),
    path("julkinen/<slug:slug>/data/uusin.<str:muoto>", avoin.avoin_uusin, name="avoin-uusin"),
    path(
        "julkinen/<slug:slug>/data/<uuid:strategia>/uusin.<str:muoto>",
        avoin.avoin_uusin,
        name="avoin-strategia-uusin",
    ),
    path("julkinen/<slug:slug>/data/<uuid:tunnus>.<str:muoto>", avoin.avoin_versio, name="avoin-versio"),
    path("julkinen/<slug:slug>/", julkinen.julkinen_lista, name="julkinen-lista"),
    path("julkinen/<slug:slug>/toimenpiteet/", julkinen.julkinen_toimenpiteet, name="julkinen-toimenpiteet"),
    path("julkinen/<slug:slug>/mittarit/", julkinen.julkinen_mittarit, name="julkinen-mittarit"),
    path("julkinen/<slug:slug>/vertailu/", julkivertailu.julkinen_vertailu, name="julkinen-vertailu"),
    path("julkinen/<slug:slug>/tilaus/", tilaus.tilaus_uusi, name="tilaus-uusi"),
    path("julkinen/<slug:slug>/tilaus/<uuid:avain>/", tilaus.tilaus_oma, name="tilaus-oma"),
    path("julkinen/<slug:slug>/tilaus/<uuid:avain>/lopeta/", tilaus.tilaus_lopeta, name="tilaus-lopeta"),
    path("kunta/tilaajat/", tilaus.tilaus_lista, name="tilaus-lista"),
    path(
        "julkinen/<slug:slug>/toimenpide/<uuid:tunnus>/palaute/",
        vuoropuhelu.toimenpide_palaute,
        name="toimenpide-palaute",
    ),
    path("palaute/saapuneet/<int:pk>/", vuoropuhelu.palaute_vastaa, name="palaute-vastaa"),
    path("julkinen/<slug:slug>/<str:laji>/<uuid:tunnus>/", julkinen.julkinen_kohde, name="julkinen-kohde"),
    path("julkinen/<slug:slug>/<uuid:tunnus>/", julkinen.julkinen_versio, name="julkinen-versio"),
    path("julkinen/<slug:slug>/<uuid:tunnus>/raportti.<str:muoto>", julkinen.julkinen_lataa, name="julkinen-lataa"),
    # The addresses of old: of an installation's own number, which changes when a kunta moves.
    path("julkinen/<slug:slug>/<int:pk>/", julkinen.julkinen_numero, name="julkinen-versio-numero"),
    path("julkinen/<slug:slug>/<int:pk>/raportti.<str:muoto>", julkinen.julkinen_numero, name="julkinen-lataa-numero"),
    path("raportit/", raportti.versio_lista, name="versio-lista"),
    path("raportit/muutokset/", muutokset.muutos_lista, name="muutos-lista"),
    path("raportit/muutokset/taulukko.<str:muoto>", muutokset.muutos_lataa, name="muutos-lataa"),
    path("raportit/vertailu/", vertailu.vertailu, name="vertailu"),
    path("raportit/vertailu/jaksot.<str:muoto>", vertailu.vertailu_lataa, name="vertailu-lataa"),
    path("raportit/vertailu/<slug:tiiviste>/<str:muoto>/", vertailu.vertailu_valmistuu, name="vertailu-valmistuu"),
    path("raportit/<int:pk>/", raportti.versio_detail, name="versio-detail"),
    path(
        "raportit/<int:pk>/julkinen/raportti.<str:muoto>", raportti.versio_lataa_julkinen, name="versio-lataa-julkinen"
    ),
    path("raportit/<int:pk>/raportti.<str:muoto>", raportti.versio_lataa, name="versio-lataa"),
]
