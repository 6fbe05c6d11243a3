"""Files that people hand in: looked at, made harmless, kept, and shown to who may see what they belong to.

What a file is, its content says, never its name. A picture is drawn anew, so that nothing comes along but
what can be seen: no place, no camera, no text behind it. A document is kept as it is and is only ever given
as a download. Nobody gets at a file but through a view that asks for the thing it belongs to.
"""

import hashlib
import html
import os
import re
import struct
import unicodedata
import uuid
import zipfile
import zlib
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps
from rest_framework import serializers

from townhall.limiter import seconds_to_wait
from townhall.models import File
from townhall.posting import TOO_LONG

MOST_BYTES = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")  # a photo of two lenses opens as MPO: a JPEG with another one behind it
MOST_PIXELS, MOST_PIXELS_IN_PARTS = 25_000_000, 60_000_000  # as a whole, and unpacked part by part
MOST_SCANS = 100  # of a JPEG; a program makes ten, and each goes over the whole picture
LONGEST_SIDE, THUMB_SIDE = 2000, 480  # pixels
MOST_PARTS, MOST_UNPACKED = 5_000, 200 * 1024 * 1024  # of a document that is a ZIP
MOST_READ = 4 * 1024 * 1024  # of what a document says about its parts
LONGEST_NAME = 100
KEEP_LOOSE = timedelta(days=1)  # what belongs to nothing may be of a request that is not over yet

OFFICE = "application/vnd.openxmlformats-officedocument"
EXTENSIONS = {  # what is kept -> how its name ends
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "application/pdf": "pdf",
    f"{OFFICE}.wordprocessingml.document": "docx",
    f"{OFFICE}.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
}
OFFICE_PARTS = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet"}
ODT = b"application/vnd.oasis.opendocument.text"
BEGINNINGS = (  # how a file begins -> what it is
    (re.compile(rb"\xff\xd8\xff"), "picture"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "picture"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "picture"),
    (re.compile(rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif)", re.DOTALL), "heic"),
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04"), "zip"),
)
MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")  # in a JPEG; the others have nothing behind them
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.odt"
PICTURES_AND_PDF = ".jpg,.jpeg,.png,.webp,.pdf"
BROKEN_PICTURE = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    struct.error,
    SyntaxError,
    TypeError,
    ValueError,
)
BROKEN_ZIP = (
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    struct.error,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # how office programs pack
RUNS_NAME = re.compile(r"(?:.*/)?vbaproject\.bin$|(?:.*/)?macrosheets/|(?:basic|scripts)/", re.IGNORECASE)
RUNS = re.compile(r"vnd\.ms-office\.vbaproject|macroenabled|macrosheet", re.IGNORECASE)  # as it says itself
BRINGS_NAME = re.compile(r"(?:.*/)?embeddings/oleobject", re.IGNORECASE)
BRINGS = re.compile(r"/(?:attachedtemplate|oleobject)\b|<!doctype", re.IGNORECASE)

EMPTY = _("Dit bestand is leeg. Kies een ander bestand.")
TOO_LARGE = _("Dit bestand is te groot. Het mag hoogstens 10 MB zijn.")
UNKNOWN = _(
    "Dit soort bestand kunnen we niet aannemen. "
    "Kies een foto (JPEG, PNG of WebP) of een document (PDF, Word, Excel of ODT)."
)
HEIC = _(
    "Dit is een foto in de vorm HEIC. Die kan niet iedereen openen. "
    "Stuur de foto eerst naar jezelf per mail, dan wordt het een JPEG. "
    "Of kies op je iPhone bij Instellingen, Camera, Formaten: Meest compatibel."
)
TOO_MANY_PIXELS = _("Deze foto is te groot om te openen. Maak de foto kleiner en probeer het nog eens.")
BROKEN = _(
    "We kunnen dit bestand niet openen. Misschien is het niet heel. Bewaar het opnieuw en probeer het."
)
MACROS = _("In dit document zitten macro’s: kleine programma’s. Bewaar het zonder macro’s, of als PDF.")
BRINGS_ALONG = _(
    "In dit document zit een ander bestand, of het haalt een sjabloon op. Dat kan gevaarlijk zijn. "
    "Bewaar het als PDF."
)
LOCKED = _("Dit document heeft een wachtwoord. Haal dat eraf, of bewaar het als PDF.")
NO_DOCUMENT = _("Hier kan alleen een foto (JPEG, PNG of WebP) of een PDF.")
NO_WORDS = _("Beschrijf in een zin wat er op de foto staat. Dat is voor wie de foto niet kan zien.")


@dataclass(frozen=True, slots=True)
class Clean:
    """What was handed in as it may be kept; thumb and size are of pictures only."""

    name: str
    content_type: str
    data: bytes
    thumb: bytes = b""
    width: int | None = None
    height: int | None = None


# Counting -----------------------------------------------------------------------------------------------
def check_often(request):
    """Refuses at `upload` a file of an account that handed in too many; call it outside a transaction."""
    if not request.FILES:
        return
    if wait := seconds_to_wait(request, "upload", account=request.user):
        words = _("Je stuurt veel bestanden achter elkaar. Probeer het over %(n)s minuten weer.")
        raise ValidationError({"upload": words % {"n": wait // 60 + 1}})


# Looking ------------------------------------------------------------------------------------------------
def read(upload, only=None):
    """The Clean of an uploaded file; only: extensions that may be. Raises ValidationError with a sentence."""
    if upload.size > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    data = upload.read(MOST_BYTES + 1)
    if not data:
        raise ValidationError(EMPTY)
    kind = next((kind for pattern, kind in BEGINNINGS if pattern.match(data)), "unknown")
    clean = READERS[kind](data, upload.name or "")
    if only and EXTENSIONS[clean.content_type] not in only:
        raise ValidationError(NO_DOCUMENT)
    return clean


def picture(data, name):
    """The picture drawn anew on an empty sheet, upright and no larger than a screen."""
    number = scans(data)
    if number > MOST_SCANS:
        raise ValidationError(BROKEN)
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > most_pixels(opened, number):
                raise ValidationError(TOO_MANY_PIXELS)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            clear = upright.has_transparency_data
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = upright.convert("RGBA" if clear else "RGB")
            sheet = Image.new(upright.mode, upright.size)  # an empty one: it has no comment, place or camera
            sheet.paste(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS) from None
    except BROKEN_PICTURE:
        raise ValidationError(BROKEN) from None
    content_type = "image/webp" if clear else "image/jpeg"
    large = drawn(sheet, content_type)
    sheet.thumbnail((THUMB_SIDE, THUMB_SIDE))
    size = Image.open(BytesIO(large)).size
    return Clean(named(name, content_type), content_type, large, drawn(sheet, content_type), *size)


def scans(data):
    """How many times a JPEG goes over its picture; at most one more than may be, and 0 of other pictures.

    A scan is counted by where it begins, so not by what stands in a comment or a thumbnail.
    """
    found, place = 0, 2 if data.startswith(b"\xff\xd8") else len(data)
    while found <= MOST_SCANS and (marker := MARKER.search(data, place)):
        kind, place = marker[1], marker.end()
        if kind == b"\xd9":  # the end
            break
        found += kind == b"\xda"
        place += int.from_bytes(data[place : place + 2])
    return found


def most_pixels(opened, number):
    """How large this picture may be; number: of its scans. With more than one it is unpacked as a whole."""
    in_parts = number == 1 and not opened.info.get("progressive")
    return MOST_PIXELS_IN_PARTS if in_parts else MOST_PIXELS


def drawn(sheet, content_type):
    paper = BytesIO()
    sheet.save(paper, content_type.rpartition("/")[2].upper(), quality=85)
    return paper.getvalue()


def heic(data, name):
    raise ValidationError(HEIC)


def unknown(data, name):
    raise ValidationError(UNKNOWN)


def pdf(data, name):
    """A PDF as it is; whole, as far as can be seen."""
    if b"%%EOF" not in data[-2048:]:
        raise ValidationError(BROKEN)
    return Clean(named(name, "application/pdf"), "application/pdf", data)


def document(data, name):
    """A document of an office program, as it is; without macros, and not made to fill a disk."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            content_type = type_of(archive)
    except BROKEN_ZIP:
        raise ValidationError(BROKEN) from None
    return Clean(named(name, content_type), content_type, data)


def type_of(archive):
    """What a ZIP is by what is in it; nothing is unpacked but what it says about its parts."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(LOCKED)
    if any(part.compress_type not in PACKED for part in parts):
        raise ValidationError(BROKEN)
    check_harmless(archive, parts)
    if "[Content_Types].xml" in names:
        for part, kind in OFFICE_PARTS.items():
            if part in names:
                return f"{OFFICE}.{kind}"
    if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT):
        with archive.open("mimetype") as words:
            if words.read(len(ODT)) == ODT:
                return ODT.decode()
    raise ValidationError(UNKNOWN)


def check_harmless(archive, parts):
    """Refuses what runs or brings something along, by the names of its parts and what it says of them."""
    said = [part for part in parts if part.filename.lower().endswith((".rels", "[content_types].xml"))]
    if sum(part.file_size for part in said) > MOST_READ:
        raise ValidationError(TOO_LARGE)
    names, words = [part.filename for part in parts], [words_of(archive, part) for part in said]
    if any(map(RUNS_NAME.match, names)) or any(map(RUNS.search, words)):
        raise ValidationError(MACROS)
    if any(map(BRINGS_NAME.match, names)) or any(map(BRINGS.search, words)):
        raise ValidationError(BRINGS_ALONG)


def words_of(archive, part):
    """The text of a part in UTF-8 or UTF-16, near enough to look for a word; no more than it says it has."""
    with archive.open(part) as opened:
        return html.unescape(opened.read(part.file_size).replace(b"\0", b"").decode(errors="replace"))


READERS = {"picture": picture, "heic": heic, "pdf": pdf, "zip": document, "unknown": unknown}


def named(name, content_type):
    """A name as it may stand on a page and in a header: no path, no signs that hide, the right ending."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    name = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    stem = re.sub(r"[\"<>|:*?;]+", " ", name.rpartition(".")[0] or name)
    stem = " ".join(stem.split()).strip(". ")[:LONGEST_NAME].strip()
    return f"{stem or 'bestand'}.{EXTENSIONS[content_type]}"


# Keeping ------------------------------------------------------------------------------------------------
def look(upload, words="", only=None):
    """The Clean of what was handed in; it takes a while, so call it before anything is locked.

    Raises ValidationError at `upload` and `words`.
    """
    try:
        clean = read(upload, only)
    except ValidationError as refused:
        raise ValidationError({"upload": refused.messages}) from None
    is_picture = clean.content_type.startswith("image/")
    if is_picture and not words.strip():
        raise ValidationError({"words": NO_WORDS})
    return clean


def keep(clean, *, by, from_town, words=""):
    """The stored File of what `look` gave; call it inside the transaction of what it belongs to."""
    file = File(
        id=uuid.uuid4(),
        name=clean.name,
        content_type=clean.content_type,
        size=len(clean.data),
        digest=hashlib.sha256(clean.data).hexdigest(),
        words=" ".join(words.split()),
        width=clean.width,
        height=clean.height,
        from_town=from_town,
        by=by,
    )
    file.full_clean(exclude=["stored", "thumb"])
    ending = EXTENSIONS[clean.content_type]
    file.stored.save(f"{file.id}.{ending}", ContentFile(clean.data), save=False)
    if clean.thumb:
        file.thumb.save(f"{file.id}-klein.{ending}", ContentFile(clean.thumb), save=False)
    file.save(force_insert=True)
    return file


def discard(file):
    """The file is gone: its row now, its bytes when the transaction is over."""
    stored = [one for one in (file.stored, file.thumb) if one]
    File.objects.filter(pk=file.pk).delete()
    for one in stored:
        transaction.on_commit(partial(one.storage.delete, one.name))


class BoundedFileHandler(TemporaryFileUploadHandler):
    """Takes a file of any length to its end, but writes no more of it than may be kept.

    So the form comes back with a sentence, instead of a connection that breaks or a disk that is full.
    """

    def receive_data_chunk(self, raw_data, start):
        if start <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)


# Asking -------------------------------------------------------------------------------------------------
SAID = {  # what a field for a file says
    "required": _("Kies een bestand."),
    "invalid": _("Kies een bestand."),
    "missing": _("Kies een bestand."),
    "no_name": _("Kies een bestand."),
    "empty": EMPTY,
    "max_length": _("De naam van dit bestand is te lang. Geef het een kortere naam."),
}
AGAIN = _("Kies je bestand opnieuw. Dat kunnen we niet voor je onthouden.")


class FileField(forms.FileField):
    """A file to choose; what is in it is looked at by the verb."""

    def __init__(self, *, accept=ACCEPTED, **kwargs):
        widget = forms.FileInput(attrs={"accept": accept})
        super().__init__(widget=widget, error_messages=SAID, max_length=255, **kwargs)


class WordsField(forms.CharField):
    """What there is to see in a picture, for who can't see it."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "help_text", _("Eén zin, voor wie de foto niet kan zien. Bij een document mag dit leeg.")
        )
        super().__init__(
            label=_("Wat staat er op de foto?"),
            max_length=300,
            required=False,
            error_messages={"max_length": TOO_LONG},
            **kwargs,
        )


class WithFile(forms.Form):
    """A form with a file in it, named `upload`; when something is wrong the file must be chosen anew."""

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            ask_again(self)
        return cleaned


def ask_again(form):
    """Says at the field that the file must be chosen anew, in a form that comes back for another reason."""
    if form.files.get("upload") and "upload" not in form.errors:
        form.add_error("upload", AGAIN)


class ApiFileField(serializers.FileField):
    """A file in a request of a program; what is in it is looked at by the verb."""

    default_error_messages = SAID


# Showing ------------------------------------------------------------------------------------------------
def answer(file, *, small=False):
    """The file itself; whoever calls this has seen that it may be seen. A picture is shown, the rest saved.

    small: as a thumbnail. Raises Http404 where there is none.
    """
    stored = file.thumb if small else file.stored
    if not stored:
        raise Http404
    try:
        opened = stored.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        opened,
        as_attachment=not file.is_picture,
        filename=file.name,
        content_type=file.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-cache"
    return response


# Housekeeping -------------------------------------------------------------------------------------------
def sweep():
    """Files go of who is erased, that belong to nothing, and that no row names; what was kept just now stays.

    Gives the number of rows and of files on the disk that went.
    """
    rows, _counts = File.objects.filter(from_town=False, by=None).delete()
    loose = File.objects.filter(at__lt=Now() - KEEP_LOOSE)
    for model, field in owners():
        loose = loose.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    more, _counts = loose.delete()
    return rows + more, sum(map(sweep_folder, folders()))


def owners():
    """(model, name of its field) of everything a file can belong to, also where there is no way back."""
    for relation in File._meta.get_fields(include_hidden=True):
        if relation.auto_created and relation.is_relation and not relation.concrete:
            yield relation.related_model, relation.field.name


def folders():
    """The folders of a month in which files are kept."""
    home = Path(settings.MEDIA_ROOT) / "files"
    return sorted(home.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]"))


def sweep_folder(folder):
    """How many files went from a folder because no row names them."""
    place = folder.relative_to(settings.MEDIA_ROOT).as_posix()
    known = File.objects.filter(stored__startswith=place).values_list("stored", "thumb")
    kept = {Path(name).name for pair in known.iterator() for name in pair if name}
    before = (timezone.now() - KEEP_LOOSE).timestamp()
    gone = [
        entry.path
        for entry in os.scandir(folder)
        if entry.name not in kept and entry.is_file() and entry.stat().st_mtime < before
    ]
    for path in gone:
        Path(path).unlink(missing_ok=True)
    return len(gone)
