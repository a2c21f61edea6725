"""Every command of ours tells how it is used."""

import pytest
from django.core.management import get_commands, load_command_class

from .huoneet import APPS

KOMENNOT = sorted((app, name) for name, app in get_commands().items() if app in APPS)


@pytest.mark.parametrize(("app", "name"), KOMENNOT)
def test_the_help_of_a_command_is_shown(app, name):
    """argparse fills the sentences of the options: a per cent of their own brings it down."""
    told = load_command_class(app, name).create_parser("manage.py", name).format_help()
    assert f"manage.py {name}" in told


def test_there_are_commands():
    assert {"tuo", "kunta", "raportti", "muistuta"} <= {name for _app, name in KOMENNOT}
