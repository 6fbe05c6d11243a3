"""What happens on the desk: a whole plan triaged at one click, taken back, looked into; filters kept.

Everything that changes a plan goes through the verbs of initiatives and matching; here they are strung
together in one transaction, with one mail.
"""

from dataclasses import asdict
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.models import AccountManager, Organisation
from desk.access import is_near
from desk.filters import DeskFilter
from desk.models import ReplyTemplate, SavedFilter, filled
from desk.sentences import BUILT_IN
from funding.models import FinancingForm
from goals.models import Goal
from initiatives import notices, verbs
from initiatives.models import Initiative
from matching import verbs as verdicts
from townhall import verbs as town
from townhall.models import Event, Look

TAKE_BACK_WITHIN = timedelta(minutes=15)
THINGS = {  # target of a suggestion -> (model, the name by which it is known)
    "goal": (Goal, "key"),
    "manager": (AccountManager, "key"),
    "organisation": (Organisation, "key"),
    "similar": (Initiative, "reference"),
    "form": (FinancingForm, "key"),
}


def thing(target, key):
    """The record behind a kind and a key, or a sentence that it is not there."""
    model, name = THINGS[target]
    found = None if "\x00" in key else model.objects.filter(**{name: key}).first()
    if found is None:
        raise ValidationError(_("Wat je koos, is er niet meer."), code="conflict")
    return getattr(found, "merged_into", None) or found  # of doubles the one that stays


def somebody_was_first():
    """The refusal for who had an older page in front of them."""
    return ValidationError(_("Jij of een collega heeft dit plan net veranderd."), code="conflict")


@transaction.atomic
def triage(plan, *, by, version, chosen, contact, although="", sentence="", release=False):
    """Everything an officer ticked, at once: verdicts, contact, the talk begins, and the site if wanted.

    chosen: {target: [key, …]} of suggestions to confirm. One mail to the initiator, whatever was ticked.
    """
    current = Initiative.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if current.version != version:
        raise somebody_was_first()
    before = plan.contact.key
    with notices.one_mail():
        for target, keys in chosen.items():
            for key in keys:
                verdicts.confirm(plan, target, thing(target, key), by=by)
        if contact.pk != plan.contact_id:
            verdicts.add(plan, "manager", contact, by=by, reason=although)
        verbs.step("begin_dialogue", plan, by=by, sentence=filled(sentence, plan))
        if release:
            verbs.release(plan, by=by)
    details = {"chosen": chosen, "from": before, "contact": contact.key, "released": release}
    return plan.add_event("triage", details=details, by=by)


def triage_to_undo(plan, user):
    """The triage this officer may still take back: just now, by them, and nothing happened since; or None."""
    last = Event.objects.about("initiative", str(plan.public_id)).first()
    is_it = last and (last.what, last.by_id) == ("triage", user.pk)
    is_fresh = is_it and Event.objects.filter(pk=last.pk, at__gt=Now() - TAKE_BACK_WITHIN).exists()
    return last if is_fresh else None


@transaction.atomic
def undo_triage(plan, *, by):
    """As before: at the front desk, off the site, nothing linked; the initiator is told in one mail."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    done = triage_to_undo(plan, by)
    if done is None:
        raise ValidationError(
            _("Terugdraaien kan niet meer: er is al iets anders gebeurd, of het is te lang geleden."),
            code="conflict",
        )
    with notices.one_mail():
        if done.details["released"]:
            verbs.hide(plan, by=by)
        for target, keys in done.details["chosen"].items():
            for key in keys:
                verdicts.undo(plan, target, thing(target, key), by=by)
        if done.details["contact"] != done.details["from"]:
            verdicts.undo(plan, "manager", plan.contact, by=by)
        template = ReplyTemplate.objects.filter(verb="take_back", is_used=True).first()
        words = template.body if template else _("Dat was te snel. Je plan staat weer bij het loket.")
        verbs.step("take_back", plan, by=by, sentence=filled(words, plan))


@transaction.atomic
def look(plan, *, by, reason=""):
    """The people of a plan, and a note for each that somebody looked: [Participant, …].

    Who is not the contact, nor in the contact's place, says why.
    """
    if not verbs.officer(by, plan):
        raise PermissionDenied(_("Dit mag je niet doen bij dit plan."))
    if not is_near(by, plan) and not reason.strip():
        raise ValidationError({"reason": _("Schrijf waarom je dit wilt zien. De initiatiefnemer leest dit.")})
    people = list(plan.initiators())
    Look.objects.bulk_create(
        Look(
            by=by,
            of=one.user,
            subject_kind="initiative",
            subject_key=str(plan.public_id),
            reason=reason.strip()[:300],
        )
        for one in people
    )
    return people


# Sentences ---------------------------------------------------------------------------------------------
change_sentence = town.change


@transaction.atomic
def create_sentence(*, by, **values):
    """A sentence of the municipality's own."""
    town.guard(by)
    return town.create(ReplyTemplate(key=town.next_key(ReplyTemplate, "Z"), **values), by=by)


def restore_sentence(sentence, *, by, version=None):
    """The words it came with; what the municipality made of it stays in the history."""
    return town.change(sentence, by=by, version=version, what="restore", is_used=True, **sentence.first_words)


def lay_out_sentences():
    """Every step for which there is no sentence gets those that come along; what was worded stays."""
    known = set(ReplyTemplate.objects.values_list("verb", flat=True))
    new = [ReplyTemplate(key=key, **asdict(one)) for key, one in BUILT_IN.items() if one.verb not in known]
    ReplyTemplate.objects.bulk_create(new, ignore_conflicts=True)


# Filters -----------------------------------------------------------------------------------------------
@transaction.atomic
def save_filter(user, *, name, query):
    """A question to the desk, kept under a name; only what the desk can be asked is kept of it."""
    asked = QueryDict(query[:2000])
    kept = QueryDict(mutable=True)
    for known in DeskFilter.base_filters:
        kept.setlistdefault(known, [one for one in asked.getlist(known) if one and "\x00" not in one][:1])
    get_user_model().objects.select_for_update().get(pk=user.pk)  # two clicks at once: the second is told
    one = SavedFilter(user=user, name=" ".join(name.split()), query=kept.urlencode())
    one.full_clean()
    one.save()
    return one


def forget_filter(user, key):
    """The filter is gone; True when it was there and was theirs."""
    gone, _counts = SavedFilter.objects.filter(user=user, pk=key).delete()
    return bool(gone)
