import os

from django.core.asgi import get_asgi_application
from django.core.management import BaseCommand

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studbook.settings")
application = get_asgi_application()
# A server that could not keep its sessions safe does not start.
BaseCommand().check(tags=["security"])
