"""Name the first manager of a new installation."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.verbs import first_manager
from desk.verbs import lay_out_sentences


class Command(BaseCommand):
    help = "Maakt iemand de eerste beheerder (die geeft anderen een rol) en zet de antwoordzinnen klaar."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="E-MAILADRES")

    def handle(self, *, email, **options):
        try:
            validate_email(email)
            user = first_manager(email)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        lay_out_sentences()
        self.stdout.write(f"{user.email} is nu beheerder, en zet bij het inloggen een tweede stap aan.")
