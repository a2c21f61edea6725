"""A task put into the queue before its function moved is still done, and one that was done is still known."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from django_tasks_db.models import DBTaskResult

from raportit.tallenne import jono

MIGRAATIO = importlib.import_module("raportit.migrations.0002_jonon_tehtavien_osoitteet")


class Editor:
    connection = connection


@pytest.mark.django_db
def test_waiting_tasks_follow_their_function_and_come_back():
    jono.render_versio.enqueue(1)
    jono.render_luonnos.enqueue(1, "a" * 64, "pdf")
    now = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert now == {jono.render_versio.module_path, jono.render_luonnos.module_path}
    MIGRAATIO.carry_back(apps, Editor)
    before = {"raportit.jono.render_versio", "raportit.jono.render_luonnos"}
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == before
    MIGRAATIO.carry_over(apps, Editor)
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == now
    assert DBTaskResult.objects.first().task.func.__module__ == jono.__name__
