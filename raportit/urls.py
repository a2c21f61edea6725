"""Addresses of the front page, the closing of a jakso and the reports."""

from django.urls import path

from . import views

app_name = "raportit"
urlpatterns = [
    path("", views.etusivu, name="etusivu"),
    path("jaksot/<int:pk>/sulje/", views.jakso_sulje, name="jakso-sulje"),
    path("jaksot/<int:pk>/luonnos/", views.luonnos, name="luonnos"),
    path("jaksot/<int:pk>/luonnos.<str:muoto>", views.luonnos_lataa, name="luonnos-lataa"),
    path("tyyli/", views.tyyli, name="tyyli"),
    path("raportit/", views.versio_lista, name="versio-lista"),
    path("raportit/<int:pk>/", views.versio_detail, name="versio-detail"),
    path("raportit/<int:pk>/raportti.<str:muoto>", views.versio_lataa, name="versio-lataa"),
]
