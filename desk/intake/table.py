"""A file of somebody's into rows of text: CSV as spreadsheets write it, or a workbook of Excel.

What cannot be read raises a ValidationError with a sentence. Nothing in the file is believed: not its name,
not its type, not its size once it is unpacked.
"""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from dutch import fold

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024  # bytes of a workbook: a zip of 5 MB can hold a thousand times as much
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as every program that writes workbooks does it
MOST_PARTS = 500  # files in a workbook
MOST_ROWS = 5_000
MOST_LINES = 20_000  # with empty ones: Excel likes to write a million of them
MOST_COLUMNS = 60
MOST_CELL = 4_000  # characters
TOP = 10  # lines in which the titles of the columns are looked for
WORKBOOK = "xl/workbook.xml"
BROKEN = (  # what openpyxl and what it stands on raise about a file that is no sound workbook
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,  # also defusedxml about entities
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,  # XML that is not well-formed
    EOFError,
    RuntimeError,  # a password
    NotImplementedError,  # a ZIP that is newer, or encrypted, in a way zipfile says it does not know
)


def table(content, is_header):
    """(titles, [(line, cells), …]) of a file; `is_header` says of a list of titles whether it is one."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("Dit bestand is te groot: hoogstens 5 MB."))
    lines = from_workbook(content) if content.startswith(b"PK") else from_text(content)
    lines = [(number, cells) for number, cells in lines if any(cells)]
    place = next((place for place, (_n, cells) in enumerate(lines[:TOP]) if is_header(cells)), None)
    if place is None:
        words = _("We vinden geen rij met namen van kolommen. Begin met het voorbeeldbestand.")
        raise ValidationError(words)
    rows = lines[place + 1 :]
    if not rows:
        raise ValidationError(_("Onder de namen van de kolommen staan geen rijen."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("Dit bestand heeft meer dan 5.000 rijen. Knip het in stukken."))
    titles = lines[place][1]
    width = max(number for number, words in enumerate(titles, 1) if words)
    return titles[:width], [(number, cells[:width]) for number, cells in rows]


def from_text(content):
    """The lines of a CSV: UTF-8 or what Windows makes of it, with semicolons, commas or tabs."""
    if b"\x00" in content:
        raise ValidationError(_("Dit is geen CSV-bestand en geen Excel-bestand (.xlsx)."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if not text.strip():
        raise ValidationError(_("Dit bestand is leeg."))
    beginning = text[:4_000]
    mark = max(";,\t", key=beginning.count)
    found = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            found.append((len(found) + 1, [words_of(cell) for cell in cells[:MOST_COLUMNS]]))
            if len(found) > MOST_LINES:
                raise ValidationError(_("Dit bestand heeft te veel regels."))
    except csv.Error:
        raise ValidationError(_("Deze CSV kunnen we niet lezen. Bewaar het bestand opnieuw.")) from None
    return found


def from_workbook(content):
    """The lines of the first sheet of a workbook, as it was last calculated."""
    try:
        unpacked(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        page.reset_dimensions()  # what the file says of its own size need not be so
        lines = page.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_LINES, values_only=True)
        return [(number, [words_of(cell) for cell in cells]) for number, cells in enumerate(lines, 1)]
    except BROKEN:
        raise ValidationError(_("Dit is geen Excel-bestand (.xlsx) dat we kunnen lezen.")) from None


def unpacked(content):
    """Refuses what is no workbook, and what would grow beyond all measure."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        size = sum(part.file_size for part in parts)
    if WORKBOOK not in names or any(part.compress_type not in PACKED for part in parts):
        raise ValueError("no workbook")
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED:
        raise ValidationError(_("Dit Excel-bestand is uitgepakt te groot."))


def words_of(cell):
    """A cell as text: days as 2026-11-21, whole numbers without a comma, without our own apostrophe."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case datetime():
            return f"{cell:%Y-%m-%d}"
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    text = str(cell).replace("\x00", "").strip()
    text = text[1:] if re.match(r"'\s*[=+\-@]", text) else text
    return text[:MOST_CELL]


def title(words):
    """What the title of a column is compared by: "E-mail adres:" is "emailadres"."""
    return re.sub(r"[^a-z0-9]", "", fold(words))
