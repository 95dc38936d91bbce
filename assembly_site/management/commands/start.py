"""Everything between a fresh clone and a running site; `make run` calls it."""

import socket

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assembly_site.languages.catalogues import compile_catalogues
from assembly_site.search.index import is_complete


class Command(BaseCommand):
    help = "Prepares the database and the content, then serves the site on this machine."

    def add_arguments(self, parser):
        parser.add_argument("port", nargs="?", type=int, default=8000)

    def handle(self, *args, port, **options):
        self._refuse_occupied_port(port)
        self._say("Words: compiling the catalogues")
        compile_catalogues(settings.BASE_DIR)
        self._say("Database: bringing it up to date")
        call_command("migrate", verbosity=0)
        self._say("Content: loading what is new")
        call_command("load_content", stdout=self.stdout)
        if not is_complete():
            self._say("Search: building the index")
            call_command("rebuild_search", verbosity=0)
        if not get_user_model().objects.exists():
            self._say("Accounts: making one for each role")
            call_command("demo_accounts", stdout=self.stdout)
        self._say(f"The site:  http://127.0.0.1:{port}/")
        self._say(f"The admin: http://127.0.0.1:{port}/admin/")
        self._say("Stop it with Ctrl+C. Passwords: python manage.py demo_accounts")
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)

    def _say(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    @staticmethod
    def _refuse_occupied_port(port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is taken by another program: stop that one, "
                    f"or choose another port with `make run PORT={port + 1}`."
                ) from error
