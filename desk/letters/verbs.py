"""What happens to a letter: begun with a selection, worded, tried out, sent once to each, or thrown away.

The copies go one by one, each in a transaction of its own: what stops halfway goes on where it was, and what
runs twice sends nothing twice.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import AccountManager
from desk.letters.models import CopyState, Letter, LetterKind, LetterState, Why
from desk.letters.selecting import COPIES, MOST, NEWS, SELECTIONS, address_of, first, had_enough
from initiatives import notices
from townhall import outbox
from townhall.models import Event, Municipality

KIND = "letter"
SLICE = 200  # copies before the next message of the outbox gets its turn
State = LetterState
KEPT = timedelta(days=1)  # a letter that nobody sent: who is in the selection is then another matter
RULES = {  # verb: (from which states, to which state); by who wrote it, and managers throw away
    "reword": ((State.READY,), State.READY),
    "send": ((State.READY,), State.RUNNING),
    "discard": ((State.READY,), State.CANCELLED),
    "finish": ((State.RUNNING,), State.DONE),
}
BLANK = re.compile(r"\[(\w+)\]")
BLANKS = {  # what stands between square brackets -> how it is filled, from a copy
    LetterKind.PLANS: {
        "plan": lambda copy: copy.initiative.title,
        "kenmerk": lambda copy: copy.initiative.reference,
    },
    LetterKind.PARTNERS: {"naam": lambda copy: copy.organisation.name},
}


def guard(verb, letter, by):
    """Refuses who may not do this, and what cannot be done any more."""
    if not Letter.objects.visible_to(by).filter(pk=letter.pk).exists():
        raise PermissionDenied(_("Dit kan alleen wie de brief schreef, of een beheerder."))
    if verb != "discard" and letter.by_id != by.pk:
        raise PermissionDenied(_("Dit kan alleen wie de brief schreef. Weggooien mag je hem wel."))
    states, _to = RULES[verb]
    if letter.state not in states:
        words = _("Dit kan niet meer: de brief is al verstuurd of weggegooid.")
        raise ValidationError(words, code="conflict")


def may_write(user, kind):
    """True for officers, and to partners for managers; for nobody who left."""
    if not (user and user.is_active and user.is_authenticated and user.is_officer):
        return False
    return user.is_manager or kind != LetterKind.PARTNERS


def move(verb, letter, *, version=None, **values):
    """The step of the table, if nobody was first."""
    states, to = RULES[verb]
    found = Letter.objects.filter(pk=letter.pk, state__in=states)
    found = found if version is None else found.filter(version=version)
    if not found.update(state=to, version=F("version") + 1, **values):
        raise ValidationError(_("Iemand anders was je voor. Dit is hoe het nu staat."), code="conflict")
    letter.refresh_from_db()


def note(letter, what, by, **details):
    Event.objects.create(subject_kind="letter", subject_key=str(letter.pk), what=what, details=details, by=by)


@transaction.atomic
def begin(*, by, kind, query, subject, text):
    """A letter to those who are in the selection now, to be looked over first."""
    if not may_write(by, kind):
        raise PermissionDenied(_("Dit kan alleen een ambtenaar, voor de eigen plannen."))
    chosen = SELECTIONS[kind](by, query)
    number = len(chosen.order_by().values_list("pk", flat=True)[: MOST + 1])
    if number > MOST:
        raise ValidationError(_("Je koos er meer dan 5.000. Kies filters, en schrijf een deel."))
    copies = list(COPIES[kind](chosen))
    nobody = number - len({one.initiative_id or one.organisation_id for one in copies})
    letter = Letter(kind=kind, query=query, subject=subject, text=text, by=by, nobody=nobody)
    check_blanks(letter)
    letter.full_clean()
    letter.save()
    if not copies:
        raise ValidationError(_("In deze selectie zit niemand aan wie je kunt schrijven."))
    for one in copies:
        one.letter, one.state = letter, CopyState.PASSED if one.why else CopyState.WAITING
    type(copies[0]).objects.bulk_create(copies, batch_size=1_000)
    note(letter, "begin_letter", by, copies=len(copies))
    return letter


def check_blanks(letter):
    """Refuses a name between square brackets that we cannot fill in."""
    known = BLANKS[letter.kind]
    unknown = sorted(set(BLANK.findall(f"{letter.subject} {letter.text}".lower())) - set(known))
    if unknown:
        words = _("Dit kunnen we niet invullen: %(names)s. Wel: %(known)s.")
        told = {"names": ", ".join(unknown)[:100], "known": ", ".join(f"[{name}]" for name in known)}
        raise ValidationError({"text": words % told})


@transaction.atomic
def reword(letter, *, by, version, subject, text):
    """Other words, before it is sent."""
    guard("reword", letter, by)
    letter.subject, letter.text = subject, text
    check_blanks(letter)
    letter.full_clean(validate_constraints=False)
    move("reword", letter, version=version, subject=subject, text=text)


@transaction.atomic
def discard(letter, *, by, version=None):
    """Nobody gets it."""
    guard("discard", letter, by)
    move("discard", letter, version=version, finished_at=Now())
    letter.copies.waiting().delete()
    note(letter, "discard_letter", by)


@transaction.atomic
def send(letter, *, by, version):
    """It goes to everybody who gets it and is still in the selection, from the worker."""
    guard("send", letter, by)
    link = {LetterKind.PLANS: "initiative", LetterKind.PARTNERS: "organisation"}[letter.kind]
    chosen = SELECTIONS[letter.kind](by, letter.query).order_by().values("pk")
    pass_over(letter.copies.waiting().exclude(**{f"{link}__in": chosen}), Why.LEFT)
    number = letter.copies.waiting().count()
    if not number:
        raise ValidationError(_("Niemand kan deze brief krijgen."))
    move("send", letter, version=version, started_at=Now())
    note(letter, "send_letter", by, copies=number)
    outbox.put(KIND, payload={"letter": letter.pk})


def pass_over(copies, why):
    """These do not get it."""
    copies.update(state=CopyState.PASSED, why=why, at=Now())


def try_out(letter, *, by):
    """One copy, as the first gets it, to who asks."""
    guard("reword", letter, by)
    copy = letter.copies.waiting().whole().first()
    if copy is None:
        raise ValidationError(_("Niemand kan deze brief krijgen."))
    subject = _("Proef: %(subject)s") % {"subject": filled(letter.subject, copy)}
    mail(copy, letter, to=by.email, subject=subject).send()


# Sending --------------------------------------------------------------------------------------------------
def go_on(number):
    """The next copies of a letter that is being sent; True while there are more."""
    letter = Letter.objects.select_related("by").filter(pk=number, state=State.RUNNING).first()
    if letter is None:
        return False
    if not may_write(letter.by, letter.kind):
        pass_over(letter.copies.waiting(), Why.SENDER)
    for copy in letter.copies.waiting().whole()[:SLICE]:
        with transaction.atomic():
            deliver(letter, copy)
    if letter.copies.waiting().exists():
        return True
    finish(letter)
    return False


@transaction.atomic
def forget_old(at=None):
    """Letters that nobody sent are thrown away after a day; how many they were."""
    states, _to = RULES["discard"]
    old = Letter.objects.filter(state__in=states, made_at__lt=(at or timezone.now()) - KEPT)
    gone = list(old.select_for_update())
    for one in gone:
        move("discard", one, finished_at=Now())
        one.copies.waiting().delete()
        note(one, "discard_letter", None)
    return len(gone)


@transaction.atomic
def finish(letter):
    """The end of it; whoever comes second finds it ended."""
    states, to = RULES["finish"]
    found = Letter.objects.filter(pk=letter.pk, state__in=states)
    if found.update(state=to, version=F("version") + 1, finished_at=Now()):
        note(letter, "finish_letter", letter.by, sent=letter.counts["sent"])


def deliver(letter, copy):
    """One copy, once: whoever runs second finds it gone. Who wants no such mail any more gets none."""
    address, user = recipient(copy)
    why = first(
        (not address, Why.ADDRESS),
        (not notices.wants_mail(user, NEWS), Why.NO_MAIL),
        (had_enough(copy, timezone.now()), Why.OFTEN),
    )
    state = CopyState.PASSED if why else CopyState.SENT
    if not letter.copies.waiting().filter(pk=copy.pk).update(state=state, why=why, at=Now()) or why:
        return
    mail(copy, letter, to=address, subject=filled(letter.subject, copy)).send()
    note_at(copy)


def note_at(copy):
    """In the timeline of the plan or the partner: a letter went out, without its words."""
    about = ("initiative", copy.initiative.public_id) if copy.initiative else None
    kind, key = about or ("organisation", copy.organisation.key)
    details, by = {"letter": copy.letter_id}, copy.letter.by
    Event.objects.create(subject_kind=kind, subject_key=str(key), what="letter", details=details, by=by)


def recipient(copy):
    """(address, user) of who gets a copy, as they are now."""
    if copy.organisation:
        return copy.organisation.email, None
    return address_of(copy.participant), copy.participant.user


def filled(text, copy):
    """The text with what stands between square brackets filled in."""
    known = BLANKS[copy.letter.kind]

    def fill(blank):
        name = blank[1].lower()
        return str(known[name](copy)) if name in known else blank[0]

    return BLANK.sub(fill, text)


def mail(copy, letter, *, to, subject):
    """The letter as one gets it; answers go to the work mailbox of who wrote it, else to town hall."""
    context = {
        "letter": letter,
        "copy": copy,
        "text": filled(letter.text, copy),
        "sender": sender_of(letter),
        "may_choose": bool(copy.participant and copy.participant.user),
        "base_url": settings.BASE_URL,
    }
    body = render_to_string("desk/mail/letter.txt", context)
    return EmailMessage(subject=notices.one_line(subject), body=body, to=[to], reply_to=answers_to(letter))


def sender_of(letter):
    """Who signs it: the role of who wrote it, else town hall."""
    manager = AccountManager.objects.filter(user=letter.by).first() if letter.by else None
    return manager.function if manager else str(Municipality.objects.current() or "")


def answers_to(letter):
    manager = AccountManager.objects.filter(user=letter.by).first() if letter.by else None
    town = Municipality.objects.current()
    address = (manager and manager.email) or (town and town.email)
    return [address] if address else []


def preview(letter):
    """The letter as the first gets it: {subject, body}; None when nobody does."""
    copy = letter.copies.waiting().whole().first()
    if copy is None:
        return None
    written = mail(copy, letter, to="", subject=filled(letter.subject, copy))
    return {"subject": written.subject, "body": written.body}


def why_not(letter):
    """[(words, number), …] of those who do not get it."""
    numbers = letter.copies.filter(state=CopyState.PASSED).order_by().values_list("why")
    return [(Why(why).label, number) for why, number in numbers.annotate(n=Count("pk")).order_by("-n", "why")]
