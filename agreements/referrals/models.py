"""That a plan was sent on: to whom, why, what the initiator may expect, and what the receiver said."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation
from initiatives.models import BetweenTheTwoQuerySet, Initiative, State, one_of
from townhall.models import Versioned

WORKS = timedelta(days=60)  # the link of the receiver, from the day it was sent
SIGNER = signing.Signer(salt="agreements.referrals")


class Answer(models.TextChoices):
    """What the receiver says."""

    RECEIVED = "received", _("ontvangen")
    TAKES_ON = "takes_on", _("wij pakken het op")
    DECLINES = "declines", _("past niet bij ons")


BEFORE = {  # answer -> what may stand there before it
    Answer.RECEIVED: [""],
    Answer.TAKES_ON: ["", Answer.RECEIVED],
    Answer.DECLINES: ["", Answer.RECEIVED],
}


class ReferralQuerySet(BetweenTheTwoQuerySet):
    def current(self):
        """Those that hold: of plans that are referred, and not replaced by a later one."""
        return self.filter(ended_at=None, initiative__state=State.REFERRED)

    def signed(self, token, at=None):
        """The one that this link answers, or none: sent on not too long ago, of a plan that is still away.

        After a no, or when the initiator took their yes back, nobody reads the plan here any more.
        """
        try:
            found = self.current().filter(pk=SIGNER.unsign(token), until__gt=at or timezone.now())
            return found.exclude(answer=Answer.DECLINES)
        except (signing.BadSignature, ValueError):
            return self.none()

    def late(self, today):
        """Those that were sent on, of which nobody said in time what becomes of it."""
        waits = self.current().filter(answer__in=["", Answer.RECEIVED], due_on__lt=today)
        return waits.filter(until__gt=F("sent_at"))  # not where the initiator took their yes back

    def silent(self, today):
        """The same as far as nobody at town hall was told."""
        return self.late(today).filter(reminded_on=None)


class Referral(Versioned):
    """A plan that somebody else is about; with the initiator's consent it is sent on to them."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="referrals")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    name = models.CharField(_("naam"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    why = models.TextField(_("waarom zij"), max_length=1000)
    expect = models.TextField(_("wat je mag verwachten"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("doorgestuurd"), null=True, blank=True)
    until = models.DateTimeField(_("link werkt tot"), null=True, blank=True)
    due_on = models.DateField(_("antwoord verwacht op"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("toelichting"), max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(reminded_on=None), name="referral_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(ended_at=None),
                name="one_referral_at_a_time",
                violation_error_message=_("Dit plan is al doorverwezen."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, name="") | (Q(organisation=None) & ~Q(name="")),
                name="referral_is_to_exactly_one",
                violation_error_message=_("Kies een partner, of schrijf op wie erover gaat."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="who_is_referred_to_can_be_reached",
                violation_error_message=_("Vul een e-mailadres of een telefoonnummer in."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, until=None, due_on=None)
                | Q(sent_at__isnull=False, until__isnull=False, due_on__isnull=False),
                name="sent_referral_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="referral_answer_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(sent_at__isnull=False), name="only_who_got_it_answers"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | one_of("answer", Answer), name="referral_answer_is_known"
            ),
        ]

    def __str__(self):
        return self.whom

    @property
    def whom(self):
        """Who it is, as people say it."""
        return self.organisation.name if self.organisation_id else self.name

    @property
    def mailbox(self):
        """Where the plan is sent to; empty where only a telephone is known."""
        return self.email or (self.organisation.email if self.organisation_id else "")

    @property
    def reach(self):
        """How they can be reached, as far as that is public: mail, telephone, website."""
        site = self.organisation.website if self.organisation_id else ""
        return ", ".join(filter(None, [self.email, self.phone, site]))

    @property
    def is_current(self):
        """True while the plan is with them."""
        return self.ended_at is None and self.initiative.state == State.REFERRED

    @property
    def may_be_sent(self):
        """True while the initiator may have it sent on."""
        return self.is_current and self.sent_at is None and bool(self.mailbox)

    @property
    def is_taken_back(self):
        """True once the initiator took their yes back: the link has worked no longer than it took to send."""
        return self.sent_at is not None and self.until <= self.sent_at

    @property
    def may_be_taken_back(self):
        """True while the receiver can read the plan by the link."""
        is_read = self.until is not None and self.until > timezone.now() and self.answer != Answer.DECLINES
        return self.is_current and is_read

    @property
    def is_answered(self):
        """True once the receiver said whether it fits."""
        return self.answer in (Answer.TAKES_ON, Answer.DECLINES)

    @property
    def is_late(self):
        """True when the day has passed on which we expected an answer."""
        is_past = bool(self.due_on and self.due_on < timezone.localdate())
        return is_past and not (self.is_answered or self.is_taken_back)

    def link(self):
        """The address at which the receiver answers, without signing in."""
        return reverse("agreements:referral-answer", args=[SIGNER.sign(str(self.pk))])
