"""A worker of the queue that never finishes what it has begun: a test kills it."""

import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from raportit.tallenne import jono  # noqa: E402

jono.store_all = lambda versio, **_more: time.sleep(600)
call_command("tyontekija")
