"""Addresses of the front page, the closing of a jakso and the reports."""

from django.urls import path

from .views import etusivu, koonti, versiot

app_name = "raportit"
urlpatterns = [
    path("", etusivu.etusivu, name="etusivu"),
    path("jaksot/<int:pk>/sulje/", versiot.jakso_sulje, name="jakso-sulje"),
    path("jaksot/<int:pk>/saate/", koonti.jakso_saate, name="jakso-saate"),
    path("jaksot/<int:pk>/luonnos/", versiot.luonnos, name="luonnos"),
    path("jaksot/<int:pk>/luonnos.<str:muoto>", versiot.luonnos_lataa, name="luonnos-lataa"),
    path("tyyli/", etusivu.tyyli, name="tyyli"),
    path("raportit/", versiot.versio_lista, name="versio-lista"),
    path("raportit/<int:pk>/", versiot.versio_detail, name="versio-detail"),
    path("raportit/<int:pk>/raportti.<str:muoto>", versiot.versio_lataa, name="versio-lataa"),
]
