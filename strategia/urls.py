"""Every address of the site, in Finnish. The other apps are named by string: strategia imports neither."""

from allauth.account import views as tili
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.module_loading import import_string

from .avain import views as avain
from .istunto import views as istunto
from .joukkomuutos import views as joukkomuutos
from .kausi import views as kausi
from .kayttaja import views as kayttaja
from .kayttaja.kunnan_tunnus import with_password
from .kehys import views as kehys
from .kertakirjautuminen import views as kertakirjautuminen
from .kunta import views as kunta
from .loki import views as loki
from .luovutus import views as luovutus
from .mittaristo import views as mittaristo
from .models import Painopiste, StrateginenTavoite
from .palvelu import views as palvelu
from .rakenne import views as rakenne
from .sijaisuus import views as sijaisuus
from .sivumuisti import follow_moved, keep_pages
from .suunnitelma import views as suunnitelma
from .suunnitelmat import views as suunnitelmat
from .todennus import views as todennus
from .toimiala import views as toimiala
from .toimiala.lajit import TOIMIALA, TOIMIELIN

STRATEGIAN_SIVU = "seuranta.eteneminen.views.strategia_detail"  # the plan as it is going
MITTARIEN_OSOITTEET = {"toimenpide": "toimenpiteet", "tavoite": "tavoitteet", "painopiste": "painopisteet"}
strategia = (
    [
        path("strategia/", suunnitelmat.strategia_lista, name="strategia-lista"),
        path("strategia/uusi/", suunnitelmat.strategia_uusi, name="strategia-uusi"),
        path("strategia/<int:pk>/muokkaa/", suunnitelmat.strategia_muokkaa, name="strategia-muokkaa"),
        path("toimenpiteet/<int:pk>/linkit/", suunnitelmat.toimenpide_linkit, name="toimenpide-linkit"),
        path("strategia/<int:pk>/", import_string(STRATEGIAN_SIVU), name="strategia-detail"),
        path("strategia/<int:pk>/uusi-kausi/", kausi.strategia_uusi_kausi, name="strategia-uusi-kausi"),
        path("strategia/<int:pk>/rakenne/", rakenne.strategia_rakenne, name="strategia-rakenne"),
        path("strategia/<int:pk>/painopisteet/uusi/", rakenne.painopiste_uusi, name="painopiste-uusi"),
        path("painopisteet/<int:pk>/", rakenne.painopiste_muokkaa, name="painopiste-muokkaa"),
        path("painopisteet/<int:pk>/tavoitteet/uusi/", rakenne.tavoite_uusi, name="tavoite-uusi"),
        path("tavoitteet/<int:pk>/", rakenne.tavoite_muokkaa, name="tavoite-muokkaa"),
        *(
            path(f"{osoite}/<int:pk>/yhdista/", rakenne.rakenne_yhdista, {"model": model}, f"{laji}-yhdista")
            for osoite, model, laji in (
                ("painopisteet", Painopiste, "painopiste"),
                ("tavoitteet", StrateginenTavoite, "tavoite"),
            )
        ),
        path("strategia/<int:pk>/kirjaus/", suunnitelma.strategia_kirjaus, name="strategia-kirjaus"),
        path("strategia/<int:pk>/kestava-kehitys/", suunnitelma.strategia_sdg, name="strategia-sdg"),
        path("strategia/<int:pk>/rivit/", joukkomuutos.rivit_muuta, name="rivit-muuta"),
        path("strategia/<int:pk>/toimialat/", joukkomuutos.toimialat_siirtyneet, name="toimialat-siirtyneet"),
        path("joukkomuutokset/<int:pk>/", joukkomuutos.joukkomuutos_detail, name="joukkomuutos-detail"),
        path("strategia/<int:pk>/toimenpiteet/uusi/", suunnitelma.toimenpide_uusi, name="toimenpide-uusi"),
        path("toimenpiteet/<int:pk>/muokkaa/", suunnitelma.toimenpide_muokkaa, name="toimenpide-muokkaa"),
        path("toimenpiteet/<int:pk>/lopeta/", suunnitelma.toimenpide_lopeta, name="toimenpide-lopeta"),
        path("strategia/<int:pk>/mittarit/", mittaristo.mittari_lista, name="mittari-lista"),
        *(
            path(f"{osoite}/<int:pk>/mittarit/uusi/", mittaristo.mittari_uusi, {"taso": taso}, f"{taso}-mittari-uusi")
            for taso, osoite in MITTARIEN_OSOITTEET.items()
        ),
        path("toimenpiteet/<int:pk>/mittareiksi/", mittaristo.toimenpide_mittareiksi, name="toimenpide-mittareiksi"),
        path("mittarit/<int:pk>/muokkaa/", mittaristo.mittari_muokkaa, name="mittari-muokkaa"),
        path("mittarit/<int:pk>/jaa/", mittaristo.mittari_jaa, name="mittari-jaa"),
        path("omat-tiedot/", kayttaja.omat_tiedot, name="omat-tiedot"),
        path("omat-tiedot/istunnot/", istunto.istunto_lista, name="istunto-lista"),
        path("omat-tiedot/tiedosto/", kayttaja.omat_tiedot_tiedostona, name="omat-tiedot-tiedosto"),
        path("omat-tiedot/sijainen/", sijaisuus.sijaisuus_oma, name="sijaisuus-oma"),
        path("kayttajat/<int:pk>/sijainen/", sijaisuus.sijaisuus_uusi, name="sijaisuus-uusi"),
        path("kayttajat/<int:pk>/luovuta/", luovutus.luovutus, name="luovutus"),
        path("sijaisuudet/<int:pk>/lopeta/", sijaisuus.sijaisuus_lopeta, name="sijaisuus-lopeta"),
        path("kayttajat/", kayttaja.kayttaja_lista, name="kayttaja-lista"),
        path("kayttajat/kutsu/", kayttaja.kayttaja_kutsu, name="kayttaja-kutsu"),
        path("kayttajat/<int:pk>/", kayttaja.kayttaja_detail, name="kayttaja-detail"),
        path("kayttajat/<int:pk>/tiedosto/", kayttaja.kayttaja_tiedostona, name="kayttaja-tiedosto"),
        path("kayttajat/<int:pk>/kaytto/", kayttaja.kayttaja_kaytto, name="kayttaja-kaytto"),
        path("kayttajat/<int:pk>/tunnistus/", kayttaja.kayttaja_tunnistus, name="kayttaja-tunnistus"),
        path("kayttajat/<int:pk>/kutsu/", kayttaja.kayttaja_kutsu_uudelleen, name="kayttaja-kutsu-uudelleen"),
        path("toimialat/<int:pk>/jaa/", toimiala.toimiala_jaa, name="toimiala-jaa"),
        *(
            path(f"{osoite}/{rest}", view, {"sanat": sanat}, f"{sanat.laji}-{name}")
            for osoite, sanat in (("toimialat", TOIMIALA), ("toimielimet", TOIMIELIN))
            for rest, view, name in (
                ("", toimiala.yksikko_lista, "lista"),
                ("<int:pk>/", toimiala.yksikko_detail, "detail"),
                ("<int:pk>/lopeta/", toimiala.yksikko_lopeta, "lopeta"),
                ("<int:pk>/yhdista/", toimiala.yksikko_yhdista, "yhdista"),
            )
        ),
        path("tapahtumat/", loki.tapahtuma_lista, name="tapahtuma-lista"),
        path("tapahtumat/taulukko/", loki.tapahtuma_lataa, name="tapahtuma-lataa"),
        path("kunta/", kunta.kunta_muokkaa, name="kunta-muokkaa"),
        path("kunta/logo/", kunta.kunta_logo, name="kunta-logo"),
        path("kunta/avaimet/", avain.avain_lista, name="avain-lista"),
        path("kunta/avaimet/<int:pk>/lopeta/", avain.avain_lopeta, name="avain-lopeta"),
        path("kayttajat/<int:pk>/irrota/", kertakirjautuminen.tunnus_irrota, name="tunnus-irrota"),
        path("kunta/kirjautuminen/", kertakirjautuminen.ryhma_lista, name="ryhma-lista"),
        path("kunta/kirjautuminen/ryhmat/uusi/", kertakirjautuminen.ryhma_uusi, name="ryhma-uusi"),
        path("kunta/kirjautuminen/ryhmat/<int:pk>/", kertakirjautuminen.ryhma_muokkaa, name="ryhma-muokkaa"),
        path("kunta/kirjautuminen/ryhmat/<int:pk>/poista/", kertakirjautuminen.ryhma_poista, name="ryhma-poista"),
        re_path(r"^vari/(?P<vari>[0-9a-f]{6})\.css\Z", kunta.korostusvari, name="korostusvari"),
        path("ohje/", kehys.ohje, name="ohje"),
        path("saavutettavuus/", kunta.saavutettavuus, name="saavutettavuus"),
        path("tietosuoja/", kunta.tietosuoja, name="tietosuoja"),
        path("palaute/", kunta.palaute, name="palaute"),
        path("julkinen/<slug:slug>/saavutettavuus/", keep_pages(kunta.saavutettavuus), name="kunnan-saavutettavuus"),
        path("julkinen/<slug:slug>/tietosuoja/", keep_pages(kunta.tietosuoja), name="kunnan-tietosuoja"),
        path("julkinen/<slug:slug>/palaute/", follow_moved(kunta.palaute), name="kunnan-palaute"),
        path("palvelun-tila/", palvelu.palvelun_tila, name="palvelun-tila"),
        path(".well-known/security.txt", palvelu.security_txt, name="security-txt"),
        path("terveys", palvelu.alive, name="terveys-alive"),
        path("terveys/valmis", palvelu.ready, name="terveys-ready"),
        path("palaute/saapuneet/", kunta.palaute_lista, name="palaute-lista"),
    ],
    "strategia",
)

# Of allauth's pages only those that an account made by a pääkäyttäjä needs.
kirjautuminen = [
    path("kirjaudu/", tili.login, name="account_login"),
    path("kunnan-tunnus/", kertakirjautuminen.kertakirjautuminen, name="kertakirjautuminen"),
    path("kunnan-tunnus/<slug:slug>/", kertakirjautuminen.kertakirjautuminen_kunta, name="kertakirjautuminen_kunta"),
    path(
        "kunnan-tunnus/<slug:slug>/vahvista/",
        kertakirjautuminen.kertakirjautuminen_vahvistus,
        name="kertakirjautuminen_vahvistus",
    ),
    path(  # the name by which allauth knows it
        "kunnan-tunnus/<slug:provider_id>/paluu/",
        kertakirjautuminen.kertakirjautuminen_paluu,
        name="openid_connect_callback",
    ),
    path("kirjaudu-ulos/", tili.logout, name="account_logout"),
    path("pois-kaytosta/", tili.account_inactive, name="account_inactive"),
    path("vahvista/", istunto.vahvistus, name="account_reauthenticate"),
    path("salasana/", with_password(istunto.salasanan_vaihto), name="account_change_password"),
    path("salasana/unohtui/", tili.password_reset, name="account_reset_password"),
    path("salasana/unohtui/lahetetty/", tili.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^salasana/uusi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/\Z",
        istunto.salasanan_palautus,
        name="account_reset_password_from_key",
    ),
    path("salasana/vaihdettu/", tili.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

# The second factor, under allauth's names: what it leads to, it finds by them.
toinen_vaihe = [
    path("", todennus.TunnistusView.as_view(), name="mfa_index"),
    path("koodi/", todennus.VaiheView.as_view(), name="mfa_authenticate"),
    path("vahvista/", todennus.VahvistaKoodiView.as_view(), name="mfa_reauthenticate"),
    path("vahvista/avain/", todennus.VahvistaAvainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sovellus/", todennus.SovellusView.as_view(), name="mfa_activate_totp"),
    path("sovellus/poista/", todennus.PoistaSovellusView.as_view(), name="mfa_deactivate_totp"),
    path("avain/", todennus.UusiAvainView.as_view(), name="mfa_add_webauthn"),
    path("avain/<int:pk>/poista/", todennus.PoistaAvainView.as_view(), name="mfa_remove_webauthn"),
    path("avain/kirjaudu/", todennus.AvainKirjautuminenView.as_view(), name="mfa_login_webauthn"),
    path("varakoodit/", todennus.varakoodit_sivu, name="mfa_view_recovery_codes"),
    path("varakoodit/lataa/", todennus.varakoodit_lataa, name="mfa_download_recovery_codes"),
    path("varakoodit/uudet/", todennus.UudetVarakooditView.as_view(), name="mfa_generate_recovery_codes"),
]

# allauth would let the admin write a person's second factor by hand: its owner would never hear of it.
admin.site.unregister(Authenticator)
for model in (SocialAccount, SocialApp, SocialToken):  # empty: whose sign-in it is stands in tables of our own
    admin.site.unregister(model)

urlpatterns = [
    path("", include("raportit.urls")),
    path("", include("seuranta.urls")),
    path("", include(strategia)),
    path("tili/", include(kirjautuminen)),
    path("tili/tunnistus/", include(toinen_vaihe)),
    path("hallinta/", admin.site.urls),
]

handler500 = "strategia.kehys.views.server_error"
