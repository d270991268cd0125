"""The WSGI door for gunicorn. It never fills in local values: without the settings' variables it does not start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hcctrials.settings")

application = get_wsgi_application()
