"""A list as a file: the records its page shows to this person, as CSV or as a workbook of Excel.

Beside each list stands a Sheet: which columns there are, what is left out and why. tests/house/test_sheets.py
fails where a field of the model is in neither, and where a list has no sheet. A column is read as the API
reads its fields: what the table of personal data (privacy.py) keeps from the audience can't stand in it.
"""

import csv
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from townhall import privacy
from townhall.limiter import too_often
from townhall.models import Event
from townhall.rest import step

PARAMETER = "formaat"
MOST_ROWS = 5_000  # a workbook of these is made within the seconds that a proxy waits; docs/api.md has all
AT_ONCE = 500  # records in memory
LONGEST_CELL = 32_767  # characters, the limit of Excel
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # at the start of a cell: a spreadsheet would calculate
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML has no place for
OURS = {  # fields of the house itself, of whatever model; nobody asked for them
    "id": "a number of the database; the key is what a record is called",
    "version": "tells two editors apart",
    "terms": "the words to be found by, as stems",
    "terms_version": "the version of the stems",
}
WIDTHS = {date: 12, datetime: 17}  # characters, in a workbook
WIDE = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and the way from a record to what stands in it ("note.title").

    tells: the fields of the model it says, in words, where the way does not begin with one; words: of a code
    that is no field with choices.
    """

    title: str
    way: str
    tells: str = ""
    words: dict = field(default_factory=dict)

    @property
    def fields(self):
        """The fields of the model that this column tells."""
        return self.tells.split() or [self.way.partition(".")[0]]


def as_they_are(records, user):
    """Nothing more to fetch: the page reads as much."""
    return records


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a file.

    name: of the file; left_out: {field of the model: why}; audience: for whom it is, as in privacy.py;
    fetch: (records of the page, user) -> the same with all that the columns read.
    """

    name: str
    model: type[models.Model]
    columns: list[Column]
    left_out: dict[str, str] = field(default_factory=dict)
    audience: str = "public"
    fetch: Callable = as_they_are

    @property
    def titles(self):
        return [str(column.title) for column in self.columns]

    def rows(self, records):
        """A list of plain values for each record."""
        ways = [(column.way.split("."), column.words) for column in self.columns]
        for record in records:
            values = [(self.value(record, way), words) for way, words in ways]
            yield [plain(words.get(value, value) if words else value) for value, words in values]

    def value(self, thing, way):
        """What stands at the end of a way; a list where the way leads along several."""
        for number, name in enumerate(way):
            if isinstance(thing, models.Manager | list | tuple):
                many = thing.all() if isinstance(thing, models.Manager) else thing
                return [self.value(one, way[number:]) for one in many]
            if isinstance(thing, models.Model):
                if not privacy.may_show(type(thing), name, self.audience):
                    where = f"{thing._meta.label_lower}.{name}"
                    raise TypeError(f"The sheet {self.name} may not show {where} to {self.audience}")
                thing = in_words(thing, name)
            else:
                thing = step(thing, name)
            if thing is None:
                return None
        return thing


def in_words(record, name):
    """A field of a record; of a code its words."""
    column = next((one for one in record._meta.concrete_fields if one.name == name), None)
    value = step(record, name)
    if isinstance(column, ArrayField) and column.base_field.choices:
        words = dict(column.base_field.flatchoices)
        return [words.get(one, one) for one in value]
    if column is not None and column.choices and value is not None:
        return dict(column.flatchoices).get(value, value)
    return value


def plain(value):
    """The value as a cell takes it: words, a number, a day or a moment of ours without its zone."""
    match value:
        case None:
            return ""
        case bool():
            return _("ja") if value else _("nee")
        case datetime():
            return timezone.localtime(value).replace(tzinfo=None, second=0, microsecond=0)
        case date() | int() | float() | Decimal():
            return value
        case list() | tuple():
            return plain("; ".join(str(spelled(plain(one))) for one in value if one not in (None, "")))
    text = UNPRINTABLE.sub("", str(value).replace("\r\n", "\n"))
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def spelled(value):
    """A plain value as it stands in a text file: days as 2026-11-21, decimals with a comma."""
    match value:
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() | Decimal():
            return number_format(value, use_l10n=True, force_grouping=False)
    return value


def harmless(value):
    """The same cell of a CSV, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else spelled(value)


# Two kinds of file ----------------------------------------------------------------------------------------
class Echo:
    """Something to write to that gives back what it gets."""

    def write(self, text):
        return text


def as_csv(sheet, records):
    """For Excel as the Dutch have it: UTF-8 with its mark, semicolons, and a comma in decimals.

    Row by row, so that it begins at once and is never whole in memory.
    """
    writer = csv.writer(Echo(), delimiter=";", quoting=csv.QUOTE_MINIMAL)
    yield "\ufeff" + writer.writerow(map(harmless, sheet.titles))
    for row in sheet.rows(records):
        yield writer.writerow(map(harmless, row))


def csv_response(sheet, records):
    rows = (line.encode() for line in as_csv(sheet, records))
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")


def cell(page, value):
    """A cell of its own type. Words stay words: no formula, also not after a click in the cell."""
    made = WriteOnlyCell(page, value=None)
    if isinstance(value, str):
        made._value, made.data_type = value, "s"
        made.quotePrefix = bool(FORMULA.match(value))
    else:
        made.value = value
    if type(value) in WIDTHS:
        made.number_format = "dd-mm-yyyy hh:mm" if isinstance(value, datetime) else "dd-mm-yyyy"
    return made


def xlsx_response(sheet, records):
    return FileResponse(workbook(sheet.name, sheet.titles, sheet.rows(records)), content_type=WORKBOOK)


def workbook(name, titles, rows):
    """An open file with a workbook of one page, written row by row; it vanishes when it is closed."""
    book = Workbook(write_only=True)
    page = book.create_sheet(name[:31])
    page.freeze_panes = "A2"
    for number, title in enumerate(titles, 1):
        page.column_dimensions[get_column_letter(number)].width = max(12, min(WIDE, len(title) + 4))
    head = [cell(page, title) for title in titles]
    for one in head:
        one.font = Font(bold=True)
    page.append(head)
    for row in rows:
        page.append([cell(page, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return file


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {"csv": csv_response, "xlsx": xlsx_response}  # as written in the address


def asked(request):
    """The format that was asked for; empty for none, and for what we do not make."""
    name = request.GET.get(PARAMETER, "")
    return name if name in FORMATS else ""


def answer(request, sheet, found):
    """The list as a file in the format that was asked for.

    found: the records of the page, before they were divided over pages. A list that is too long leads back to
    its page, with a sentence.
    """
    number = len(found.order_by().values_list("pk", flat=True)[: MOST_ROWS + 1])
    if number > MOST_ROWS:
        return lead_back(request)
    return file_of(request, sheet, sheet.fetch(found, request.user).iterator(chunk_size=AT_ONCE), number)


def file_of(request, sheet, records, number):
    """So many records as a file in the format that was asked for; `answer` is for those of a queryset.

    Who works here leaves a note: who took which list along, and how much of it. Who asks too often waits.
    """
    if refused := too_often(request, "sheet"):
        return refused
    kind = asked(request)
    if request.user.is_authenticated and request.user.is_staff_member:
        details = {"format": kind, "rows": number}
        Event.objects.create(
            subject_kind="list", subject_key=sheet.name, what="download", details=details, by=request.user
        )
    response = FORMATS[kind](sheet, records)
    name = f"{sheet.name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def lead_back(request):
    """To the page of the list, which says that it is too long."""
    words = _("Deze lijst heeft meer dan %(most)s regels. Kies filters, en download een deel.")
    messages.warning(request, words % {"most": number_format(MOST_ROWS, force_grouping=True)})
    query = request.GET.copy()
    del query[PARAMETER]
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
