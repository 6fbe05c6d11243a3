"""A dossier as one ZIP: a page to read and print, its files, a description, and what proves it is whole."""

import hashlib
import json
import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from agreements.models import Attachment, Commitment
from desk.dossier import mdto
from desk.dossier.reading import KINDS, Reader

STYLE = Path(__file__).with_name("stijl.css")
MANIFEST = "manifest-sha256.txt"


def packed(plan, kind, town, *, by):
    """A temporary file with the dossier in it, at its beginning; it is gone when it is closed."""
    with ExitStack() as unless_whole:
        paper = unless_whole.enter_context(tempfile.TemporaryFile())
        pack(paper, Reader(plan, kind, by), town)
        paper.seek(0)
        unless_whole.pop_all()  # whoever sends it closes it
    return paper


def pack(paper, reader, town):
    """Write the dossier in a file."""
    written = []
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name, data, how=zipfile.ZIP_DEFLATED):
            archive.writestr(name, data, how)
            written.append((name, len(data), hashlib.sha256(data).hexdigest()))

        files = []
        for name, file in files_of(reader.plan, reader.kind):
            with file.stored.open("rb") as opened:
                put(name, opened.read(), zipfile.ZIP_STORED)  # what can be handed in is compressed already
            files.append({"name": name, "words": reader.blackened(file.words)})
        now = timezone.localtime().isoformat(timespec="seconds")
        put("index.html", page(reader, town, files).encode())
        put("stijl.css", STYLE.read_bytes())
        description = mdto.described(reader, town, list(written), now)
        put("metadata.xml", mdto.as_xml(description))
        put("metadata.json", json.dumps(description, ensure_ascii=False, indent=2).encode())
        lines = [f"{digest}  {name}\n" for name, _size, digest in written]
        archive.writestr(MANIFEST, "".join(lines))


def page(reader, town, files):
    """The dossier to read, in HTML that needs nothing but the stylesheet beside it."""
    told = {
        "plan": reader.plan,
        "title": reader.blackened(reader.plan.title),
        "kind": reader.kind,
        "kind_words": KINDS[reader.kind],
        "town": town,
        "sections": list(reader.sections()),
        "left_out": reader.left_out(),
        "files": files,
        "now": timezone.localtime(),
    }
    return render_to_string("dossier/index.html", told)


def files_of(plan, kind):
    """(name in the package, File) of what was handed in, as far as it is for these readers and there."""
    attached = Attachment.objects.filter(initiative=plan).select_related("file", "initiative").order_by("pk")
    for number, one in enumerate(attached, 1):
        inside = kind == "whole" or (one.is_shown if kind == "public" else not one.is_internal)
        if inside and is_there(one.file):
            yield f"bijlagen/{number:02d}-{one.file.name}", one.file
    kept = Commitment.objects.filter(initiative=plan).exclude(proof=None)
    for one in kept.select_related("proof", "initiative").order_by("pk"):
        if (kind != "public" or (one.is_shown and one.proof_released)) and is_there(one.proof):
            yield f"bijlagen/{one.key}-{one.proof.name}", one.proof


def is_there(file):
    """True when the bytes are on the disk too."""
    return bool(file.stored) and file.stored.storage.exists(file.stored.name)
