"""The triggers' function reads no table of its caller's (PostgreSQL)."""

from django.db import migrations

from raportit.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [("raportit", "0005_puhdas_teksti")]

    operations = [TRIGGERS.remove_operation(), TRIGGERS.install_operation()]
