"""The entry point of the server: `granian --interface wsgi assembly_site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assembly_site.settings")

application = get_wsgi_application()
