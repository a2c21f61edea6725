"""The name beside a frozen version may become a role; what is frozen, and who it was by, stays."""

from django.db import migrations

from raportit.triggers import TRIGGERS


class Migration(migrations.Migration):

    dependencies = [("raportit", "0007_hakupolku"), ("strategia", "0018_tapahtumat")]

    operations = [TRIGGERS.remove_operation(), TRIGGERS.install_operation()]
