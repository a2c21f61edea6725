"""Addresses of the front page, the closing of a jakso and the reports."""

from django.urls import path

from .views import etusivu, julkaisu, julkinen, koonti, versiot, vertailu

app_name = "raportit"
urlpatterns = [
    path("", etusivu.etusivu, name="etusivu"),
    path("jaksot/<int:pk>/sulje/", versiot.jakso_sulje, name="jakso-sulje"),
    path("jaksot/<int:pk>/saate/", koonti.jakso_saate, name="jakso-saate"),
    path("jaksot/<int:pk>/luonnos/", versiot.luonnos, name="luonnos"),
    path("jaksot/<int:pk>/luonnos.<str:muoto>", versiot.luonnos_lataa, name="luonnos-lataa"),
    path("strategia/<int:pk>/sarakkeet/", koonti.sarakkeet_muokkaa, name="sarakkeet-muokkaa"),
    path("tyyli/", etusivu.tyyli, name="tyyli"),
    path("raportit/<int:pk>/valmistuu/<str:muoto>/", versiot.versio_valmistuu, name="versio-valmistuu"),
    path("jaksot/<int:pk>/luonnos/<slug:tiiviste>/<str:muoto>/", versiot.luonnos_valmistuu, name="luonnos-valmistuu"),
    path(
        "raportit/<int:pk>/osa/<slug:tiiviste>/<str:muoto>/", versiot.versio_osa_valmistuu, name="versio-osa-valmistuu"
    ),
    path("raportit/<int:pk>/kaaviot/<slug:nimi>.<str:muoto>", versiot.versio_kaavio, name="versio-kaavio"),
    path("raportit/<int:pk>/julkaisu/", julkaisu.versio_julkaisu, name="versio-julkaisu"),
    path("raportit/<int:pk>/kasittelyt/uusi/", julkaisu.kasittely_uusi, name="kasittely-uusi"),
    path("kasittelyt/<int:pk>/poista/", julkaisu.kasittely_poista, name="kasittely-poista"),
    path("tarkista/", julkinen.tarkista, name="tarkista"),
    path("julkinen/<slug:slug>/", julkinen.julkinen_lista, name="julkinen-lista"),
    path("julkinen/<slug:slug>/<int:pk>/", julkinen.julkinen_versio, name="julkinen-versio"),
    path("julkinen/<slug:slug>/<int:pk>/raportti.<str:muoto>", julkinen.julkinen_lataa, name="julkinen-lataa"),
    path("raportit/", versiot.versio_lista, name="versio-lista"),
    path("raportit/vertailu/", vertailu.vertailu, name="vertailu"),
    path("raportit/vertailu/jaksot.<str:muoto>", vertailu.vertailu_lataa, name="vertailu-lataa"),
    path("raportit/vertailu/<slug:tiiviste>/<str:muoto>/", vertailu.vertailu_valmistuu, name="vertailu-valmistuu"),
    path("raportit/<int:pk>/", versiot.versio_detail, name="versio-detail"),
    path("raportit/<int:pk>/raportti.<str:muoto>", versiot.versio_lataa, name="versio-lataa"),
]
