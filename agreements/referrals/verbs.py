"""What can happen when somebody else is about a plan: refer, send on, take that back, answer, be silent.

Every verb first locks the row of the plan. What is sent on leaves by the outbox, only after a yes of an
initiator, and only with the address of who said yes.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent
from agreements.referrals import words
from agreements.referrals.models import BEFORE, WORKS, Answer, Referral
from initiatives import notices
from initiatives import verbs as plans
from initiatives.models import Initiative, State
from initiatives.verbs import initiator
from townhall.calendar import add_working_days, is_working_day
from townhall.telephone import only_telephone

ANSWERS_WITHIN = 10  # working days
RULES = {
    # verb: (the plan in which states, by whom, event); the first is a step of the plan itself
    "refer": (plans.RULES["refer"][0], plans.RULES["refer"][1], "refer"),
    "send_on": ({State.REFERRED}, initiator, "referral_sent"),
    "take_back": ({State.REFERRED}, initiator, "referral_taken_back"),
}


def may_refer(plan, user):
    """True when this person may refer this plan now."""
    return plans.may("refer", plan, user)


@transaction.atomic
def refer(initiative, *, by, version=None, organisation=None, why, expect, **named):
    """The plan goes to a partner, or to who is named (name, email, phone); the initiator is told all."""
    plan = Initiative.objects.locked(initiative.pk)
    _guard("refer", plan, by)
    made = Referral(
        initiative=plan, organisation=organisation, by=by, why=why.strip(), expect=expect.strip(),
        **{name: value.strip() for name, value in named.items()},
    )  # fmt: skip
    _check(made)
    plan.referrals.filter(ended_at=None).update(ended_at=timezone.now())  # one from before it was reopened
    made.full_clean()
    made.save()
    plans.step("refer", plan, by=by, version=version, sentence=words.referred(made), reason=made.whom[:300])
    return made


def _check(made):
    errors = {}
    if made.organisation and made.name:
        errors["name"] = _("Kies een partner, of schrijf zelf op wie het is. Niet allebei.")
    if not made.organisation and not made.name:
        errors["name"] = _("Kies een partner, of schrijf op wie erover gaat.")
    if not made.organisation and made.name and not (made.email or made.phone):
        errors["email"] = _("Vul een e-mailadres of een telefoonnummer in.")
    if made.phone:
        try:
            only_telephone(made.phone)
        except ValidationError as refused:
            errors["phone"] = refused
    if not made.why:
        errors["why"] = _("Schrijf op waarom zij erover gaan.")
    if not made.expect:
        errors["expect"] = _("Schrijf op wat de initiatiefnemer mag verwachten.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def send_on(referral, *, by):
    """The initiator says yes: the text and their own address go to the receiver, with a link to answer."""
    plan = Initiative.objects.locked(referral.initiative.pk)
    _guard("send_on", plan, by)
    referral = Referral.objects.select_related("organisation").get(pk=referral.pk)
    referral.initiative = plan
    if not referral.mailbox:
        raise ValidationError(_("We hebben geen e-mailadres van %(whom)s.") % {"whom": referral.whom})
    now = timezone.now()
    values = {
        "sent_by": by,
        "sent_at": now,
        "until": now + WORKS,
        "due_on": add_working_days(timezone.localdate(now), ANSWERS_WITHIN),
    }
    found = Referral.objects.current().filter(pk=referral.pk, sent_at=None)
    if not found.update(**values, version=F("version") + 1):
        raise ValidationError(_("Je plan is al doorgestuurd."), code="conflict")
    referral.refresh_from_db()
    Consent.objects.get_or_create(
        user=by,
        purpose=f"referral-{referral.pk}",
        withdrawn_at=None,
        defaults={"wording": words.consent(referral)[:300]},
    )
    _tell("referral_sent", referral, by, words.sent(referral))
    mail("agreements/mail/referral.txt", _("Een plan voor jullie"), referral, by)
    return referral


@transaction.atomic
def take_back(referral, *, by):
    """The initiator takes their yes back: the link shows nothing any more, and the receiver is told so."""
    plan = Initiative.objects.locked(referral.initiative.pk)
    _guard("take_back", plan, by)
    referral = Referral.objects.select_related("organisation").get(pk=referral.pk)
    referral.initiative = plan
    if not referral.may_be_taken_back:
        words_ = _("Dit kan niet meer: je plan is niet bij hen te lezen.")
        raise ValidationError(words_, code="conflict")
    Referral.objects.filter(pk=referral.pk).update(until=F("sent_at"), version=F("version") + 1)
    referral.refresh_from_db(fields=["until", "version"])
    given = Consent.objects.filter(purpose=f"referral-{referral.pk}", withdrawn_at=None)
    given.update(withdrawn_at=timezone.now())
    _tell("referral_taken_back", referral, by, words.taken_back(referral))
    mail("agreements/mail/referral_taken_back.txt", _("Gooi dit plan weg"), referral, by)
    return referral


def mail(letter, subject, referral, by):
    """A letter about the plan, to who is about it; answers go to the initiator and to the contact."""
    plan = referral.initiative
    context = {"referral": referral, "initiative": plan, "person": by, "base_url": settings.BASE_URL}
    EmailMessage(
        subject=notices.subject_of(plan, subject),
        body=render_to_string(letter, context),
        to=[referral.mailbox],
        reply_to=[by.email, *notices.answers_to(plan.contact)],
    ).send()


@transaction.atomic
def answer(referral, *, choice, note=""):
    """What the receiver says, by the link they got; after yes or no nothing more is said here."""
    if choice not in Answer.values:
        raise ValidationError({"choice": _("Kies wat jullie doen.")})
    plan = Initiative.objects.locked(referral.initiative.pk)
    now = timezone.now()
    values = {"answer": choice, "answered_at": now, "note": note.strip()}
    if choice == Answer.RECEIVED:
        values |= {"due_on": add_working_days(timezone.localdate(now), ANSWERS_WITHIN), "reminded_on": None}
    found = Referral.objects.current().filter(pk=referral.pk, answer__in=BEFORE[choice], until__gt=now)
    if not found.update(**values, version=F("version") + 1):
        raise ValidationError(
            _("Dit kan niet meer: er is al geantwoord, of het plan is terug."), code="conflict"
        )
    referral.refresh_from_db()
    referral.initiative = plan
    referral.full_clean(validate_unique=False)
    _tell("referral_answered", referral, None, words.answered(referral), {"answer": choice})
    return referral


def remind(today):
    """How many contacts were told today that nobody answered; nothing while town hall is closed."""
    if not is_working_day(today):
        return 0
    return sum(
        _remind_one(pk, today) for pk in list(Referral.objects.silent(today).values_list("pk", flat=True))
    )


@transaction.atomic
def _remind_one(pk, today):
    """True when this one was told of now; a second run finds it told."""
    if not Referral.objects.silent(today).filter(pk=pk).update(reminded_on=today):
        return False
    found = Referral.objects.select_related("organisation", "initiative__contact__user")
    referral = found.get(pk=pk)
    _tell("referral_silent", referral, None, words.silent(referral))
    return True


# What they have in common ---------------------------------------------------------------------------------
def _guard(verb, plan, by):
    states, who, _event_name = RULES[verb]
    if not who(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if plan.state not in states:
        gone = _("Dit kan niet meer: het plan staat op ‘%(state)s’.")
        raise ValidationError(gone % {"state": plan.get_state_display()}, code="conflict")


def _tell(what, referral, by, sentence, details=None):
    """What happened, in the timeline of the plan, and to whom it concerns."""
    plan = referral.initiative
    event = plan.add_event(what, details={"referral": referral.pk} | (details or {}), by=by)
    notices.tell(event, plan, by=by, sentence=sentence)
