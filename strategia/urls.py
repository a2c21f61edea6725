"""Every address of the site, in Finnish."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from . import views

strategia = (
    [
        path("", views.etusivu, name="etusivu"),
    ],
    "strategia",
)

urlpatterns = [
    path("", include(strategia)),
    path("hallinta/", admin.site.urls),
    path("tili/", include("allauth.account.urls")),
]
