"""Every address of the site, in Finnish. The other apps are named by string: strategia imports neither."""

from django.contrib import admin
from django.urls import include, path

from . import views

strategia = (
    [
        path("strategia/", views.strategia_lista, name="strategia-lista"),
        path("strategia/<int:pk>/", views.strategia_detail, name="strategia-detail"),
        path("strategia/<int:pk>/toimialat/", views.toimiala_anna, name="toimiala-anna"),
    ],
    "strategia",
)

urlpatterns = [
    path("", include("raportit.urls")),
    path("", include("seuranta.urls")),
    path("", include(strategia)),
    path("tili/", include("allauth.account.urls")),
    path("hallinta/", admin.site.urls),
]
