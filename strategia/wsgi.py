"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategia.settings")
application = get_wsgi_application()
reverse("raportit:etusivu")  # reads every address and page's code now: else the first visitor of a process waits for it
