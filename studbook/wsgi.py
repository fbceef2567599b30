import os

from django.core.management import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studbook.settings")
application = get_wsgi_application()
# A server that could not keep its sessions safe does not start.
BaseCommand().check(tags=["security"])
