"""Addresses of the seurantajaksot."""

from django.urls import path

from . import views

app_name = "seuranta"
urlpatterns = [
    path("omat/", views.omat, name="omat"),
    path("jaksot/", views.jakso_lista, name="jakso-lista"),
    path("jaksot/uusi/", views.jakso_uusi, name="jakso-uusi"),
    path("jaksot/<int:pk>/", views.jakso_detail, name="jakso-detail"),
    path("jaksot/<int:pk>/kirjaa/", views.kirjaus_lista, name="kirjaus-lista"),
    path("jaksot/<int:pk>/muokkaa/", views.jakso_muokkaa, name="jakso-muokkaa"),
    path("jaksot/<int:pk>/avaa/", views.jakso_avaa, name="jakso-avaa"),
    path("jaksot/<int:pk>/viimeistele/", views.jakso_viimeistele, name="jakso-viimeistele"),
    path("jaksot/<int:pk>/avaa-uudelleen/", views.jakso_avaa_uudelleen, name="jakso-avaa-uudelleen"),
]
