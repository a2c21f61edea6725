"""Addresses of the seurantajaksot and the tuonnit."""

from django.urls import path

from .haku import views as haku
from .hyvaksynta import views as hyvaksynnat
from .jakso import views as jaksot
from .kirjaaminen import views as kirjaukset
from .muistutus import views as muistutukset
from .toimenpide import views as toimenpiteet
from .tuonti import views as tuonnit
from .views import vastaustaulukot

app_name = "seuranta"
urlpatterns = [
    path("omat/", kirjaukset.omat, name="omat"),
    path("jaksot/<int:pk>/kirjaa/", kirjaukset.kirjaus_lista, name="kirjaus-lista"),
    path("hyvaksyttavat/", hyvaksynnat.hyvaksyttavat, name="hyvaksyttavat"),
    path("jaksot/<int:pk>/hyvaksy/", hyvaksynnat.hyvaksynta_lista, name="hyvaksynta-lista"),
    path("jaksot/", jaksot.jakso_lista, name="jakso-lista"),
    path("jaksot/uusi/", jaksot.jakso_uusi, name="jakso-uusi"),
    path("jaksot/<int:pk>/", jaksot.jakso_detail, name="jakso-detail"),
    path("jaksot/<int:pk>/tarkista/", jaksot.jakso_tarkista, name="jakso-tarkista"),
    path("vastaustilanne/", muistutukset.vastaustilanne, name="vastaustilanne"),
    path("jaksot/<int:pk>/muistuta/", muistutukset.jakso_muistuta, name="jakso-muistuta"),
    path("jaksot/<int:pk>/muistutukset/", muistutukset.muistutus_lista, name="muistutus-lista"),
    path("jaksot/<int:pk>/jatka/", jaksot.jakso_jatka, name="jakso-jatka"),
    path("jaksot/<int:pk>/muokkaa/", jaksot.jakso_muokkaa, name="jakso-muokkaa"),
    path("jaksot/<int:pk>/avaa/", jaksot.jakso_avaa, name="jakso-avaa"),
    path("jaksot/<int:pk>/viimeistele/", jaksot.jakso_viimeistele, name="jakso-viimeistele"),
    path("jaksot/<int:pk>/avaa-uudelleen/", jaksot.jakso_avaa_uudelleen, name="jakso-avaa-uudelleen"),
    path("jaksot/<int:pk>/vastaustaulukot/", vastaustaulukot.vastaustaulukko_lista, name="vastaustaulukko-lista"),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:toimiala>.xlsx",
        vastaustaulukot.vastaustaulukko_lataa,
        name="vastaustaulukko-lataa",
    ),
    path(
        "jaksot/<int:pk>/vastaustaulukot/<int:toimiala>/laheta/",
        vastaustaulukot.vastaustaulukko_laheta,
        name="vastaustaulukko-laheta",
    ),
    path("haku/", haku.haku, name="haku"),
    path("toimenpiteet/<int:pk>/", toimenpiteet.toimenpide_detail, name="toimenpide-detail"),
    path("tuonti/", tuonnit.tuonti_lista, name="tuonti-lista"),
    path("tuonti/pohja/", tuonnit.tuonti_pohja, name="tuonti-pohja"),
    path("tuonti/<int:pk>/", tuonnit.tuonti_detail, name="tuonti-detail"),
    path("tuonti/<int:pk>/rivi/<path:solu>/", tuonnit.tuonti_rivi, name="tuonti-rivi"),
    path("tuonti/<int:pk>/paatokset/", tuonnit.tuonti_paata, name="tuonti-paata"),
    path("tuonti/<int:pk>/tallenna/", tuonnit.tuonti_tallenna, name="tuonti-tallenna"),
    path("tuonti/<int:pk>/hylkaa/", tuonnit.tuonti_hylkaa, name="tuonti-hylkaa"),
    path("tuonti/<int:pk>/kumoa/", tuonnit.tuonti_kumoa, name="tuonti-kumoa"),
    path("tuonti/<int:pk>/vertaa/", tuonnit.tuonti_vertaa, name="tuonti-vertaa"),
    path("tuonti/<int:pk>/taulukko/", tuonnit.tuonti_taulukko, name="tuonti-taulukko"),
    path("tuonti/<int:pk>/tiedosto/", tuonnit.tuonti_tiedosto, name="tuonti-tiedosto"),
]
