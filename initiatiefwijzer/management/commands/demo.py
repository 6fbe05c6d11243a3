"""Fill an empty database with the fictional Merenburg: the town, six accounts, and what was promised."""

import json
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import demo
from accounts.models import Role, User
from agreements.assessments import demo as assessments
from agreements.attachments import demo as pictures
from agreements.cohandlers import demo as company
from agreements.commitments.verbs import reminder
from agreements.continuity import demo as lasting
from agreements.council import demo as questions
from agreements.decisions import demo as decisions
from agreements.models import Commitment, Shift
from agreements.referrals import demo as ways
from contacts.models import AccountManager, Department, Organisation
from desk.intake import verbs as intake
from desk.letters import verbs as letters
from desk.notes import demo as notes
from desk.relations import demo as relations
from initiatiefwijzer.exchange.agreed import make_requirement
from initiatiefwijzer.exchange.importing import Import, faults_as_text
from initiatiefwijzer.exchange.rows import AccountRow, RequirementRow
from initiatives.models import Initiative, Participant, ParticipantRole
from overview import demo as dealings
from townhall.calendar import first_working_day
from townhall.models import Municipality

FOLDER = settings.BASE_DIR / "demo" / "merenburg"
ROLES = {
    "resident": "initiatiefnemer",
    "partner": "partner",
    "officer": "ambtenaar",
    "council": "raadslid",
    "clerk": "griffie",
    "manager": "beheerder",
}


class Command(BaseCommand):
    help = "Laadt de verzonnen gemeente Merenburg met zes accounts. Doet niets als die er al is."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="Noemt alleen de zes accounts.")

    def handle(self, *, accounts, **options):
        if not settings.DEMO:
            raise CommandError("Dit is geen demo. Zet DEMO=1 om Merenburg te laden.")
        rows = list(checked("accounts", AccountRow))
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
            decisions.lay_out(rows_of("decisions"), timezone.localdate())
            for row in promise_rows():
                make_promise(row, timezone.localdate())
            officer = User.objects.filter(role=Role.OFFICER).first()
            for row in checked("requirements", RequirementRow):
                make_requirement(row, by=officer)
            company.lay_out(officer)
            pictures.lay_out(officer)
            assessments.lay_out(officer)
            leave_to_look_over(User.objects.filter(role=Role.MANAGER).first())
            ways.lay_out(officer)
            questions.lay_out()
            relations.lay_out(officer)
            notes.lay_out(officer)
            lasting.lay_out()
            dealings.lay_out(officer)
        self.stdout.write(f"Merenburg is geladen, met {len(rows)} accounts.")


def leave_to_look_over(manager):
    """A file with contacts and a letter that wait for a yes."""
    content = (FOLDER / "nieuwe-partners.csv").read_bytes()
    intake.receive(by=manager, kind="partners", name="nieuwe-partners.csv", content=content)
    words = {
        "subject": "Kom je naar de avond voor initiatieven?",
        "text": "Beste initiatiefnemer,\n\nOp donderdag 4 december is de jaarlijkse avond voor initiatieven. "
        "Vertel daar over je plan [plan], en ontmoet anderen.\n\nKom je ook?",
    }
    letters.begin(by=manager, kind="plannen", query="lijst=alles", **words)


def rows_of(name):
    """The rows of a file that is for the demo alone."""
    return map(json.loads, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())


def checked(name, kind):
    """The same, checked as rows of this kind."""
    for values in rows_of(name):
        row = kind(data=values)
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


# What was promised: days count from the day the demo is made, so that it never grows old --------------------
def promise_rows():
    """The rows of commitments.jsonl; a day is written as a number of days from today."""
    for line in (FOLDER / "commitments.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def make_promise(row, today):
    """A promise with its shifts and, in the timeline of its plan, what happened to it."""

    def day(number):
        return first_working_day(today + timedelta(days=number))

    moves = [(day(one["on"]), day(one["to"]), one["reason"]) for one in row.get("shifts", ())]
    due = [day(row["due"]), *(to for _on, to, _reason in moves)]
    ended = {"kept": "promise_kept", "dropped": "promise_dropped"}
    ending = next((name for name in ended if name in row), "")
    made = Commitment(
        key=row["id"],
        initiative=Initiative.objects.get(import_key=row["initiative"]),
        text=row["text"],
        promised_to=row["to"],
        occasion=row.get("occasion", ""),
        promised_on=day(row["promised"]),
        first_due_on=due[0],
        due_on=due[-1],
        remind_on=reminder(due[-1], moves[-1][0] if moves else day(row["promised"])),
        quantity=row.get("quantity"),
        unit_name=row.get("unit", ""),
        value=row.get("value"),
        need=row.get("need", ""),
        state=ending or "open",
        kept_on=day(row["kept"]) if ending == "kept" else None,
        evidence=row.get("evidence", ""),
        closing_reason=row.get("reason", ""),
        is_public=row.get("public", True),
        **promiser(row),
    )
    made.full_clean()
    made.save()
    for (on, to, reason), before in zip(moves, due, strict=False):
        Shift.objects.create(commitment=made, from_day=before, to_day=to, reason=reason, at=at_noon(on))
    happened = [("promise_made", made.promised_on), *(("promise_shifted", on) for on, _to, _why in moves)]
    happened += [(ended[ending], day(row[ending]))] if ending else []
    for what, on in happened:
        note(made, what, on)


def promiser(row):
    """Who promised, as a field of the promise."""
    if "participant" in row:
        people = Participant.objects.filter(initiative__import_key=row["initiative"])
        return {"participant": people.get(user__email=row["participant"])}
    models = {"contact": AccountManager, "department": Department, "organisation": Organisation}
    name = next(name for name in models if name in row)
    return {"manager" if name == "contact" else name: models[name].objects.get(key=row[name])}


def note(commitment, what, on):
    """What happened to a promise, on that day."""
    commitment.initiative.add_event(
        what, details={"commitment": commitment.key}, is_public=commitment.is_public, at=at_noon(on)
    )


def at_noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))
