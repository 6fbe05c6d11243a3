"""What people hand in: what it is, what stays of it, and a sentence for everything that cannot be."""

import os
import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import RequestFactory
from PIL import Image

from agreements.models import Attachment
from initiatives.models import Update
from tests import make
from townhall import uploads
from townhall.models import File
from townhall.tasks import sweep_files

PLACE = "52.0116, 4.3571, thuis bij Amina"


def with_place():
    """A photo of a phone: turned on its side, with where it was taken and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: stands on its side
    exif[0x010E] = PLACE
    exif[0x8825] = {1: "N", 2: (52.0, 0.0, 41.0)}  # GPS
    return make.drawing("JPEG", (60, 40), exif=exif, comment=PLACE.encode())


def as_id(one):
    """A value in the name of its test: of bytes how many, they may hold the time."""
    return f"{len(one)} bytes" if isinstance(one, bytes) else str(one)[:30]


def package(parts, **options):
    paper = BytesIO()
    with zipfile.ZipFile(paper, "w", **options) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return paper.getvalue()


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
ODT = {"mimetype": uploads.ODT.decode(), "content.xml": "<office/>"}
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def damaged(parts):
    """A ZIP of which the bytes of the first part are not what they should be."""
    data = bytearray(package(parts, compression=zipfile.ZIP_DEFLATED))
    start = 30 + len(next(iter(parts)))
    data[start : start + 4] = b"\xff" * 4
    return bytes(data)


def types(words, encoding="utf-8"):
    """A Word document that says this of its parts."""
    return package(DOCX | {"[Content_Types].xml": f"<Types>{words}</Types>".encode(encoding)})


def related(kind):
    """A Word document with a part of this kind."""
    words = (
        f'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )
    return package(DOCX | {"word/_rels/settings.xml.rels": words})


VBA = "application/vnd.ms-office.vbaProject"
LONG_RELS = package(DOCX | {"a.rels": "0" * 5_000_000}, compression=zipfile.ZIP_DEFLATED)


# What may be --------------------------------------------------------------------------------------------
def test_of_a_photo_only_what_can_be_seen_stays():
    clean = uploads.read(make.upload(with_place(), "IMG 20261122.JPG"))
    assert (clean.name, clean.content_type) == ("IMG 20261122.jpg", "image/jpeg")
    assert (clean.width, clean.height) == (40, 60)  # upright
    for data in (clean.data, clean.thumb):
        assert b"thuis bij Amina" not in data
        kept = Image.open(BytesIO(data))
        assert dict(kept.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(kept.info)


def test_a_large_photo_becomes_as_large_as_a_screen():
    clean = uploads.read(make.upload(make.drawing("PNG", (3000, 1500))))
    assert (clean.content_type, clean.width, clean.height) == ("image/jpeg", 2000, 1000)
    assert max(Image.open(BytesIO(clean.thumb)).size) == 480


def two_lenses():
    """A photo as phones make it: another one behind it."""
    paper, other = BytesIO(), Image.new("RGB", (60, 40))
    Image.new("RGB", (60, 40)).save(paper, "MPO", save_all=True, append_images=[other])
    return paper.getvalue()


def test_a_photo_of_a_phone_with_another_one_behind_it_is_a_photo():
    assert Image.open(BytesIO(two_lenses())).format == "MPO"
    clean = uploads.read(make.upload(two_lenses(), "foto.jpg"))
    assert (clean.content_type, clean.width, clean.height) == ("image/jpeg", 60, 40)


def test_scans_are_counted_where_they_begin():
    once, often = make.drawing("JPEG"), make.drawing("JPEG", progressive=True)
    assert uploads.scans(once) == 1
    assert 1 < uploads.scans(often) <= 12
    comment = b"\xff\xda" * 500
    assert uploads.scans(make.drawing("JPEG", comment=comment)) == 1
    assert uploads.read(make.upload(often)).content_type == "image/jpeg"
    assert uploads.scans(make.drawing("PNG")) == 0


def test_what_is_clear_stays_clear():
    paper = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(paper, "PNG")
    clean = uploads.read(make.upload(paper.getvalue(), "logo.png"))
    assert (clean.name, clean.content_type) == ("logo.webp", "image/webp")
    assert Image.open(BytesIO(clean.data)).convert("RGBA").getpixel((5, 5))[3] == 0


def test_what_hides_behind_a_picture_does_not_come_along():
    behind = make.drawing("PNG") + package({"index.html": HTML.decode()}) + HTML
    clean = uploads.read(make.upload(behind, "foto.png"))
    assert not zipfile.is_zipfile(BytesIO(clean.data))
    assert b"alert" not in clean.data


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (PDF, "offerte.pdf", "offerte.pdf"),
        (package(DOCX), "plan.docx", "plan.docx"),
        (package(XLSX), "begroting.xlsx", "begroting.xlsx"),
        (package(ODT), "brief.odt", "brief.odt"),
        (related("image"), "plan.docx", "plan.docx"),
        (PDF, "foto.png", "foto.pdf"),  # what it is, its content says
        (PDF, "../../etc/passwd", "passwd.pdf"),
        (PDF, "C:\\Users\\Amina\\plan.pdf", "plan.pdf"),
        (PDF, "a\x00b\r\nX-Evil: 1.pdf", "a b X-Evil 1.pdf"),
        (PDF, "\u202efdp.exe", "fdp.pdf"),
        (PDF, "...", "bestand.pdf"),
        (PDF, "x" * 200 + ".pdf", "x" * 100 + ".pdf"),
        (PDF, "e\u0301té.pdf", "été.pdf"),
    ],
    ids=as_id,
)
def test_documents_and_their_names(data, name, kept):
    clean = uploads.read(make.upload(data, "x"))
    assert clean.data == data
    assert uploads.named(name, clean.content_type) == kept


# What may not be ----------------------------------------------------------------------------------------
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
BOMB = package(
    {"word/document.xml": "0", "[Content_Types].xml": "0" * 250_000_000}, compression=zipfile.ZIP_DEFLATED
)


def of_many_scans():
    """A progressive JPEG that goes over its last scan again and again."""
    data = make.drawing("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * uploads.MOST_SCANS + data[-2:]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (of_many_scans(), uploads.BROKEN),
        (make.drawing("JPEG", (5001, 5000), progressive=True), uploads.TOO_MANY_PIXELS),
        (b"", uploads.EMPTY),
        (SVG, uploads.UNKNOWN),
        (HTML, uploads.UNKNOWN),
        (b"#!/bin/sh\nrm -rf /", uploads.UNKNOWN),
        (b"GIF89a", uploads.UNKNOWN),
        (b"\x00" * 5000, uploads.UNKNOWN),
        (b"MZ\x90", uploads.UNKNOWN),
        (HEIC, uploads.HEIC),
        (make.drawing()[:200], uploads.BROKEN),
        (make.drawing("PNG")[:60], uploads.BROKEN),
        (b"\xff\xd8\xff" + HTML, uploads.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + HTML, uploads.BROKEN),
        (b"RIFF\x00\x00\x00\x00WEBP", uploads.BROKEN),
        (b"%PDF-1.7 half", uploads.BROKEN),
        (b"PK\x03\x04 half", uploads.BROKEN),
        (package({"index.html": "x"}), uploads.UNKNOWN),
        (damaged(DOCX), uploads.BROKEN),
        (damaged(ODT), uploads.BROKEN),
        (package(ODT, compression=zipfile.ZIP_LZMA), uploads.BROKEN),
        (package(DOCX | {"word/vbaProject.bin": "x"}), uploads.MACROS),
        (package(XLSX | {"xl/macrosheets/sheet1.xml": "x"}), uploads.MACROS),
        (package(ODT | {"Basic/Standard/Module1.xml": "x"}), uploads.MACROS),
        (types(f'<Override PartName="/word/x.bin" ContentType="{VBA}"/>'), uploads.MACROS),
        (types(VBA.upper(), "utf-16"), uploads.MACROS),
        (types(VBA.replace("P", "&#80;")), uploads.MACROS),
        (related("attachedTemplate"), uploads.BRINGS_ALONG),
        (related("oleObject"), uploads.BRINGS_ALONG),
        (package(DOCX | {"word/embeddings/oleObject1.bin": "x"}), uploads.BRINGS_ALONG),
        (LONG_RELS, uploads.TOO_LARGE),
        (BOMB, uploads.TOO_LARGE),
        (make.drawing("PNG", (5001, 5000)), uploads.TOO_MANY_PIXELS),
        (PDF + b" " * uploads.MOST_BYTES, uploads.TOO_LARGE),
    ],
    ids=as_id,
)
def test_what_cannot_be_gets_a_sentence(data, words):
    with pytest.raises(ValidationError) as refused:
        uploads.read(make.upload(data, "foto.png"))
    assert refused.value.messages == [str(words)]


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    """A PNG of 30,000 by 30,000 is some kilobytes, and would unpack to gigabytes."""
    small = bytearray(make.drawing("PNG"))
    small[16:24] = (30_000).to_bytes(4) * 2  # the size in the header
    import zlib

    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4)
    with pytest.raises(ValidationError) as refused:
        uploads.read(make.upload(bytes(small)))
    assert refused.value.messages == [str(uploads.TOO_MANY_PIXELS)]


def test_of_a_file_of_fifty_megabytes_no_more_is_written_than_may_be_kept():
    request = RequestFactory().post("/", {"upload": make.upload(b"x" * 50_000_000, "film.mp4")})
    sent = request.FILES["upload"]
    assert sent.size == 50_000_000
    assert Path(sent.temporary_file_path()).stat().st_size <= uploads.MOST_BYTES + 100_000
    with pytest.raises(ValidationError) as refused:
        uploads.read(sent)
    assert refused.value.messages == [str(uploads.TOO_LARGE)]
    sent.close()


# Kept and shown -----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_picture_without_words_is_not_kept():
    with pytest.raises(ValidationError) as refused:
        uploads.look(make.upload(), " ")
    assert list(refused.value.message_dict) == ["words"]
    assert not File.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_no_picture_without_words():
    with pytest.raises(IntegrityError, match="picture_has_words"), transaction.atomic():
        make.file(words=" ")


@pytest.mark.django_db
def test_a_picture_is_shown_and_a_document_is_saved(amina):
    seen = uploads.look(make.upload(), "Het plein"), uploads.look(make.upload(PDF, "x.pdf"))
    picture, document = (uploads.keep(one, by=amina, from_town=False, words="Het plein") for one in seen)
    shown, saved = uploads.answer(picture), uploads.answer(document)
    assert (shown["Content-Type"], shown["Content-Disposition"]) == (
        "image/jpeg",
        'inline; filename="plein.jpg"',
    )
    assert saved["Content-Disposition"] == 'attachment; filename="x.pdf"'
    assert saved.getvalue() == PDF
    for one in (shown, saved):
        assert one["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "private" in one["Cache-Control"]
        one.close()
    with pytest.raises(Http404):
        uploads.answer(document, small=True)
    assert re.fullmatch(r"files/\d{4}/\d\d/[0-9a-f-]{36}\.jpg", picture.stored.name)


@pytest.mark.django_db
def test_a_file_that_is_gone_from_the_disk_is_not_there(amina):
    file = make.file()
    Path(file.stored.path).unlink()
    with pytest.raises(Http404):
        uploads.answer(file)


# Housekeeping -------------------------------------------------------------------------------------------
def old(*files):
    """As if these were kept two days ago."""
    with connection.cursor() as cursor:
        for file in files:
            cursor.execute("UPDATE townhall_file SET at = now() - interval '2 days' WHERE id = %s", [file.pk])
            for stored in (file.stored, file.thumb):
                os.utime(stored.path, (time.time() - 200_000,) * 2)


@pytest.mark.django_db
def test_what_belongs_to_nothing_vanishes_after_a_day(amina, carla):
    plan = make.initiative(by=amina)
    kept = make.attachment(plan, by=amina).file
    told = make.file(by=amina)
    Update.objects.create(initiative=plan, text="Nieuws", picture=told)
    proof = make.file(by=carla, from_town=True)
    make.commitment(plan, state="kept", kept_on=make.LONG_AGO, evidence="Zie foto", proof=proof)
    loose, fresh = make.file(by=amina), make.file(by=amina)
    old(kept, told, proof, loose)
    sweep_files()
    assert set(File.objects.all()) == {kept, told, proof, fresh}
    assert not Path(loose.stored.path).exists()
    assert all(Path(one.stored.path).exists() for one in (kept, told, proof, fresh))


@pytest.mark.django_db
def test_the_files_of_who_is_erased_go_and_those_of_town_stay(amina, carla):
    plan = make.initiative(by=amina)
    hers = make.attachment(plan, by=amina).file
    ours = make.attachment(plan, by=carla, from_town=True).file
    old(hers, ours)
    amina.delete()
    carla.delete()
    sweep_files()
    assert list(File.objects.all()) == [ours]
    assert list(Attachment.objects.all()) == [ours.attachment]
    assert not Path(hers.stored.path).exists()
    assert not Path(hers.thumb.path).exists()
    assert Path(settings.MEDIA_ROOT, ours.thumb.name).exists()
