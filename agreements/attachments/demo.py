"""Pictures for the demo: drawn here, so that nobody's photo is in the project."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from agreements.attachments.models import Attachment
from agreements.models import Commitment
from initiatives.models import CLOSED, Initiative, State
from townhall import uploads

WIDTH, HEIGHT = 1200, 800
SKY, STONE, EARTH, LEAF, WOOD = "#cfe6f2", "#c9c3b8", "#8a6a4a", "#3f7d3a", "#7a5230"
BLOOMS = ("#d9536f", "#f2c14e", "#8f5fb0")


def square(*, planted):
    """A square between houses: bare, or with planters full of shrubs and flowers."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), SKY)
    draw = ImageDraw.Draw(sheet)
    for number, colour in enumerate(("#b5654a", "#d8a47f", "#9c5a44", "#c98b6b")):
        left = number * 300
        draw.rectangle((left + 15, 150, left + 285, 430), fill=colour)
        draw.polygon([(left, 150), (left + 150, 50), (left + 300, 150)], fill="#6b3d30")
        for window in (60, 180):
            draw.rectangle((left + window, 220, left + window + 60, 310), fill="#f4f1e8")
    draw.rectangle((0, 430, WIDTH, HEIGHT), fill=STONE)
    for row in range(430, HEIGHT, 62):
        draw.line((0, row, WIDTH, row), fill="#b3ac9f", width=3)
    if planted:
        for number in range(3):
            planter(draw, 110 + number * 360)
    return sheet


def planter(draw, left):
    """A wooden box with shrubs and flowers in it."""
    for step in range(5):
        x = left + step * 52
        draw.ellipse((x, 480 - step % 2 * 30, x + 90, 600), fill=LEAF)
        bloom = BLOOMS[step % len(BLOOMS)]
        draw.ellipse((x + 30, 500 - step % 2 * 30, x + 58, 528 - step % 2 * 30), fill=bloom)
    draw.rectangle((left, 590, left + 300, 690), fill=WOOD)
    draw.rectangle((left, 590, left + 300, 606), fill=EARTH)


def handed_in(sheet, name):
    """A drawing as if a browser sent it."""
    paper = BytesIO()
    sheet.save(paper, "PNG")
    return SimpleUploadedFile(name, paper.getvalue())


def lay_out(officer):
    """A photo with the planting that was kept, one on the site, and one that waits for a yes of town hall."""
    bare, green = square(planted=False), square(planted=True)
    planting = Commitment.objects.select_related("initiative").get(key="T01")
    words = "Drie houten bakken vol struiken en bloemen op het plein"
    planting.proof = keep(green, "plein-met-bakken.png", officer, words, from_town=True)
    planting.proof_released = True
    planting.save(update_fields=["proof", "proof_released"])
    words = "Het plein zonder planten, alleen tegels"
    before = keep(bare, "plein-eerst.png", officer, words, from_town=True)
    both = {"initiators_agree": True, "town_agrees": True}
    Attachment.objects.create(initiative=planting.initiative, file=before, **both)
    running = Initiative.objects.exclude(state__in={State.DRAFT, *CLOSED})
    hers = running.filter(participants__user__isnull=False).order_by("reference")
    for plan in hers.distinct()[:1]:
        by = plan.initiators().exclude(user=None).first().user
        words = "Een tekening van hoe het kan worden, met bakken vol bloemen"
        file = keep(green, "zo-zou-het-kunnen.png", by, words, from_town=False)
        Attachment.objects.create(initiative=plan, file=file, initiators_agree=True)


def keep(sheet, name, by, words, *, from_town):
    return uploads.keep(uploads.look(handed_in(sheet, name), words), by=by, from_town=from_town, words=words)
