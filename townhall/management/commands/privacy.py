"""Show the register of personal data, or write it to docs/privacy.md."""

from itertools import groupby

from django.conf import settings
from django.core.management.base import BaseCommand

from townhall.privacy import AUDIENCES, NOT_PERSONAL, ROWS

FILE = settings.BASE_DIR / "docs" / "privacy.md"
INTRODUCTION = """\
# Personal data

<!-- Generated from townhall/privacy.py: change it there, then `python manage.py privacy --write`. -->

This is the register of every field that can hold personal data: what it is for, on which ground of the AVG
(the GDPR), who sees it, how long it is kept, and what happens to it when a person is erased. The table
itself is Dutch and in plain words, because residents and the data protection officer read it too.

It is not a promise beside the code but a part of it:

- The serializers of the API (`RecordSerializer` in `townhall/rest.py`) read a field only when this table
  allows it for their audience. A field that is not in it is refused, so a forgotten one leaks nothing.
- `tests/house/test_privacy.py` walks every field of every model. A field is in this table, or it is listed
  as not personal, or it is a number, a yes-or-no or a reference to something that is no person. Anything
  else fails the suite: free text is personal until somebody says that it is not.
- `tests/house/test_secrets.py` plants a secret in each of these fields and looks for it in every answer of
  the site.

What may be seen of a *record* is a second gate: every view starts from `visible_to(user)`, and a plan that
is not public does not exist for others.

Some periods are carried out now, every hour, by `sweep` in `townhall/tasks.py`: those of messages, submission
tokens, sessions and the memory of the limiter. The other periods are the rules that retention has to follow;
so is the column about erasing.

No other site is told anything: pages load nothing from elsewhere, and addresses hold no personal text (the
plan that is typed in the wegwijzer goes by POST, and is stored in the session only for who goes on to
register it). Log lines hold codes and numbers only.
Signing in is limited per address by allauth, which keeps a hashed key in the shared cache for a day at most.
"""
TITLES = ("veld", "waarvoor", "grondslag", "wie ziet het", "hoe lang", "bij wissen")


class Command(BaseCommand):
    help = "Laat het register van persoonsgegevens zien; met --write schrijft het docs/privacy.md."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="Schrijft docs/privacy.md.")

    def handle(self, *, write, **options):
        if write:
            FILE.write_text(register(), "utf-8")
        self.stdout.write(f"{FILE} is geschreven." if write else register())


def register():
    """The whole of docs/privacy.md."""
    tables = [table(model, rows) for model, rows in groupby(ROWS, key=lambda row: row.model)]
    audiences = "\n".join(f"- **{code}**: {words}" for code, words in AUDIENCES.items())
    others = "\n".join(
        f"- `{model}`: {', '.join(f'`{field}`' for field in fields.split())}"
        for model, fields in NOT_PERSONAL.items()
    )
    parts = [
        INTRODUCTION.strip(),
        f"## Wie ziet het\n\n{audiences}\n- **niemand**: alleen het systeem zelf",
        "## De velden",
        *tables,
        f"## Velden die niets over een persoon zeggen\n\n{others}",
    ]
    return "\n\n".join(parts) + "\n"


def table(model, rows):
    """The heading of a model and its rows as Markdown."""
    return "\n".join([f"### {model}\n", cells(TITLES), cells(["---"] * len(TITLES)), *map(line, rows)])


def cells(values):
    return f"| {' | '.join(map(str, values))} |"


def line(row):
    """One row; the fields behind each other in its first cell."""
    fields = ", ".join(f"`{field}`" for field in row.fields.split())
    seen_by = ", ".join(row.seen_by.split()) or "niemand"
    return cells([fields, row.purpose, row.ground, seen_by, row.kept, row.erased])
