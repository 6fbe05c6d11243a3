"""Fill an empty database with the fictional municipality Merenburg and its five accounts."""

import json

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import demo
from accounts.models import User
from agreements.cohandlers import demo as company
from contacts.models import AccountManager, Organisation
from initiatiefwijzer.exchange.importing import Import, faults_as_text
from initiatiefwijzer.exchange.rows import AccountRow
from initiatives.models import Initiative, Participant, ParticipantRole
from townhall.models import Municipality

FOLDER = settings.BASE_DIR / "demo" / "merenburg"
ROLES = {
    "resident": "initiatiefnemer",
    "partner": "partner",
    "officer": "ambtenaar",
    "council": "raadslid",
    "manager": "beheerder",
}


class Command(BaseCommand):
    help = "Laadt de verzonnen gemeente Merenburg met vijf accounts. Doet niets als die er al is."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="Noemt alleen de vijf accounts.")

    def handle(self, *, accounts, **options):
        if not settings.DEMO:
            raise CommandError("Dit is geen demo. Zet DEMO=1 om Merenburg te laden.")
        rows = list(account_rows())
        if accounts:
            self.stdout.write("\n".join(f"{ROLES[row['role']]:16} {row['email']}" for row in rows))
            return
        if Municipality.objects.exists():
            self.stdout.write("De gemeente is er al.")
            return
        with transaction.atomic():  # the town and its accounts, or neither
            run = Import(FOLDER, told=self.stdout.write)
            if not run.run():
                raise CommandError("\n".join(faults_as_text(run.faults)))
            for row in rows:
                make_account(row)
            company.lay_out(User.objects.filter(role="officer").first())
        self.stdout.write(f"Merenburg is geladen, met {len(rows)} accounts.")


def account_rows():
    """The checked rows of accounts.jsonl."""
    for line in (FOLDER / "accounts.jsonl").read_text("utf-8").splitlines():
        row = AccountRow(data=json.loads(line))
        row.is_valid(raise_exception=True)
        yield row.validated_data


def make_account(row):
    """A person who can sign in by code; staff with a second factor the demo can show."""
    role = "resident" if row["role"] == "partner" else row["role"]
    user = User.objects.create_user(row["email"], name=row["name"], role=role)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    AccountManager.objects.filter(key=row["contact"]).update(user=user)
    for organisation in Organisation.objects.filter(key=row["organisation"]):
        organisation.representatives.add(user)
    for plan in Initiative.objects.filter(import_key__in=row["initiatives"]):
        Participant.objects.create(initiative=plan, user=user, role=ParticipantRole.INITIATOR)
    if user.is_staff_member:
        demo.give_second_factor(user)
