"""Makers: plain functions with sensible defaults; name only what the test is about."""

import itertools
import uuid
from datetime import date
from io import BytesIO

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from accounts.demo import give_second_factor
from accounts.models import User
from agreements.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentFramework,
    Attachment,
    Commitment,
    Criterion,
    Requirement,
    StandardRequirement,
)
from contacts.models import (
    AccountManager,
    Department,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
)
from funding.models import FinancingForm, Scheme
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote, Theme
from initiatives.models import GoalLink, Initiative, Participant, ParticipantRole, State
from matching.models import Suggestion
from townhall.models import File, Municipality

numbers = itertools.count(1)
LONG_AGO = date(2020, 1, 1)


def user(email=None, *, name="Iemand", role="resident", factor=True):
    """A person with a verified address; staff with a second factor, unless told otherwise."""
    made = User.objects.create_user(email or f"iemand{next(numbers)}@voorbeeld.example", name=name, role=role)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if made.is_staff_member and factor:
        give_second_factor(made)
    return made


def municipality(**fields):
    defaults = {
        "code": "GM9999",
        "name": "Kleindorp",
        "email": "gemeente@kleindorp.example",
        "phone": "0123 45 67 89",
    }
    return Municipality.objects.create(**(defaults | fields))


def district(name=None, **fields):
    name = name or f"Wijk {next(numbers)}"
    slug = slugify(name)
    return District.objects.create(name=name, slug=slug, **({"key": slug} | fields))


def department(name=None, **fields):
    name = name or f"Afdeling {next(numbers)}"
    return Department.objects.create(name=name, **({"key": slugify(name)} | fields))


def portfolio(name=None, *, holder=None, since=LONG_AGO, **fields):
    """A portfolio; with a holder it is held, without one it is vacant."""
    number = next(numbers)
    name = name or f"Portefeuille {number}"
    defaults = {"key": f"PF{number}", "role": f"Wethouder {name.lower()}"}
    made = Portfolio.objects.create(name=name, **(defaults | fields))
    if holder:
        Term.objects.create(holder=holder, portfolio=made, since=since)
    return made


def holder(name="Els", **fields):
    defaults = {"key": f"H{next(numbers)}", "title": "wethouder"}
    return PortfolioHolder.objects.create(name=name, **(defaults | fields))


def manager(function=None, *, districts=(), portfolios=(), **fields):
    number = next(numbers)
    made = AccountManager.objects.create(
        **(
            {
                "key": f"K{number}",
                "function": function or f"Adviseur {number}",
                "expertise": "Weet veel van de buurt.",
                "works_everywhere": not districts,
            }
            | fields
        )
    )
    made.districts.set(districts)
    made.portfolios.set(portfolios)
    return made


def front_desk(**fields):
    """The one front desk: the same one when asked again."""
    return AccountManager.objects.filter(is_front_desk=True).first() or manager(
        "Initiatievenloket", is_front_desk=True, **fields
    )


def organisation(name=None, *, districts=(), **fields):
    number = next(numbers)
    made = Organisation.objects.create(
        **(
            {
                "key": f"P{number}",
                "name": name or f"Vereniging {number}",
                "kind": "vereniging",
                "interests": "Groen in de buurt",
                "offers": "Kennis en handen",
                "works_everywhere": not districts,
            }
            | fields
        )
    )
    made.districts.set(districts)
    return made


def note(title=None, **fields):
    number = next(numbers)
    title = title or f"Nota {number}"
    defaults = {
        "key": f"N{number}",
        "slug": slugify(title),
        "adopted_on": LONG_AGO,
        "adopted_by": "gemeenteraad",
        "valid_from": LONG_AGO,
    }
    return PolicyNote.objects.create(title=title, **(defaults | fields))


def policy_field(code="5.7", name="Openbaar groen en (openlucht)recreatie"):
    return PolicyField.objects.get_or_create(code=code, name=name)[0]


def theme(name=None, **fields):
    name = name or f"Thema {next(numbers)}"
    return Theme.objects.create(name=name, **({"slug": slugify(name)} | fields))


def goal(title=None, *, portfolio=None, themes=(), policy_fields=(), **fields):
    """A running goal with a note."""
    number = next(numbers)
    title = title or f"Versterken van doel {number}"
    defaults = {
        "key": f"G{number}",
        "slug": f"{slugify(title)[:80]}-{number}",
        "description": "We maken de gemeente beter.",
        "state": Goal.State.RUNNING,
    }
    if "note" not in fields:
        fields["note"] = note()
    made = Goal.objects.create(title=title, **(defaults | fields))
    made.themes.set(themes)
    made.policy_fields.set(policy_fields)
    if portfolio:
        GoalPortfolio.objects.create(goal=made, portfolio=portfolio, since=LONG_AGO)
    return made


def form(name=None, **fields):
    number = next(numbers)
    name = name or f"Fonds {number}"
    defaults = {"key": f"F{number}", "slug": slugify(name), "meaning": "Geld voor een plan.", "order": number}
    return FinancingForm.objects.create(name=name, **(defaults | fields))


def scheme(name=None, **fields):
    number = next(numbers)
    fields = {"key": f"R{number}", "form": fields.pop("form", None) or form()} | fields
    return Scheme.objects.create(name=name or f"Regeling {number}", **fields)


def initiative(title=None, *, by=None, state=State.IN_DIALOGUE, public=True, goals=(), **fields):
    """A plan; public unless it is a concept or told otherwise."""
    number = next(numbers)
    now = timezone.now()
    draft = state == State.DRAFT
    defaults = {
        "title": title or f"Plan {number}",
        "summary": "Een plan voor de buurt.",
        "story": "Met de buurt willen we iets moois maken.",
        "state": state,
        "reference": None if draft else f"IW-2026-{number:04d}",
        "submitted_at": None if draft else now,
        "contact": None if draft else front_desk(),
        "wants_public": public and not draft,
        "released_at": now if public and not draft else None,
    }
    made = Initiative.objects.create(**(defaults | fields))
    if by:
        Participant.objects.create(initiative=made, user=by, role=ParticipantRole.INITIATOR)
    for one in goals:
        GoalLink.objects.create(initiative=made, goal=one)
    return made


def commitment(plan, text=None, *, due_on=LONG_AGO, **fields):
    """A public promise of the contact of a plan; name who else promises it."""
    number = next(numbers)
    promisers = {"manager", "department", "organisation", "participant"}
    fields = ({} if promisers & set(fields) else {"manager": plan.contact}) | fields
    days = {"promised_on": LONG_AGO, "due_on": due_on, "first_due_on": due_on, "remind_on": due_on}
    defaults = {"key": f"T{number}", "text": text or f"Belofte {number}", "promised_to": "council"}
    return Commitment.objects.create(initiative=plan, **(defaults | days | fields))


def drawing(kind="JPEG", size=(60, 40), **told):
    """The bytes of a picture."""
    paper = BytesIO()
    Image.effect_mandelbrot(size, (-2, -1.5, 1, 1.5), 30).convert("RGB").save(paper, kind, **told)
    return paper.getvalue()


def upload(data=None, name="plein.jpg"):
    """A file as a browser sends it; a picture unless told otherwise."""
    return SimpleUploadedFile(name, drawing() if data is None else data)


def file(**fields):
    """A picture that is kept, with its bytes on the disk."""
    told = {
        "name": "plein.jpg",
        "content_type": "image/jpeg",
        "words": "Het plein",
        "width": 60,
        "height": 40,
    }
    made = File(**({"id": uuid.uuid4(), "size": 3} | told | fields))
    for stored in (made.stored, made.thumb):
        stored.save(f"{made.id}.jpg", ContentFile(b"jpg"), save=False)
    made.save(force_insert=True)
    return made


def attachment(plan, *, by=None, from_town=False, is_internal=False, public=False, **fields):
    """A picture with a plan; of both sides, unless told otherwise."""
    handed_in = file(by=by, from_town=from_town, **fields)
    said = {"initiators_agree": public, "town_agrees": public}
    return Attachment.objects.create(initiative=plan, file=handed_in, is_internal=is_internal, **said)


DEMAND = {
    "text": "Wie meehelpt, is verzekerd.",
    "basis": "policy",
    "basis_text": "Vrijwilligersbeleid",
    "why": "Schade kan veel kosten.",
    "help": "De gemeente verzekert alle vrijwilligers.",
}


def standard_requirement(title=None, **fields):
    number = next(numbers)
    title = title or f"Verzekering {number}"
    defaults = {"key": f"S{number}", "slug": slugify(title), "title": title}
    return StandardRequirement.objects.create(**(defaults | DEMAND | fields))


def requirement(plan, **fields):
    """A demand of a plan; open unless told otherwise."""
    defaults = {"key": f"E{next(numbers)}", "initiative": plan}
    return Requirement.objects.create(**(defaults | DEMAND | fields))


def framework(title=None, *, criteria=1, criterion_key="", **fields):
    """What town hall looks at, with so many questions; adopted long ago unless told otherwise."""
    number = next(numbers)
    days = {"adopted_on": LONG_AGO, "valid_from": LONG_AGO}
    told = {"key": f"A{number}", "title": title or f"Kader {number}"} | days | fields
    days = {name: told.pop(name) for name in days}
    made = AssessmentFramework.objects.create(**told)
    for order in range(1, criteria + 1):
        Criterion.objects.create(
            framework=made,
            key=criterion_key or f"C{next(numbers)}",
            order=order,
            dimension="legitimacy",
            name=f"Vraag {order}",
            question=f"Kan iedereen meedoen ({order})?",
            counts="Ook wie weinig geld heeft.",
        )
    AssessmentFramework.objects.filter(pk=made.pk).update(**days)
    made.refresh_from_db()
    return made


def assessment(plan, framework, *, answer="yes", state="shared", **fields):
    """A shared assessment of a plan with the same answer to every question; closed where told."""
    days = {"shared_on": LONG_AGO, "days": 8, "react_until": LONG_AGO}
    made = Assessment.objects.create(
        **({"initiative": plan, "framework": framework, "state": "shared"} | days | fields)
    )
    for criterion in framework.criteria.all():
        AssessmentAnswer.objects.create(
            assessment=made, criterion=criterion, answer=answer, reason="Dat staat in het plan."
        )
    if state == "final":
        made.state, made.closed_on = state, LONG_AGO
        made.save()
    return made


def suggestion(plan, *, sentence="Dit gaat over hetzelfde.", words=(), **fields):
    """What the matcher proposes for a plan; name the goal, manager, organisation, similar or form."""
    why = {"code": "words", "sentence": sentence, "words": list(words), "their_words": []}
    return Suggestion.objects.create(
        initiative=plan, **({"score": 0.7, "reasons": [why], "version": "1"} | fields)
    )
