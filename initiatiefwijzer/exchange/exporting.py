"""The database as a folder of JSON Lines: what importing reads, in a fixed order.

A key that holds nothing is left out, so that a folder says only what somebody filled in.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Prefetch
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.continuity.models import TEXTS
from agreements.models import StandardRequirement
from contacts.models import (
    EVERYWHERE,
    Absence,
    AccountManager,
    Department,
    District,
    Organisation,
    Portfolio,
    PortfolioHolder,
    Term,
    running,
)
from desk.models import ReplyTemplate
from funding.models import FinancingForm, NeedKind, Scheme
from goals.models import Goal, GoalPortfolio, PolicyField, PolicyNote, Theme
from initiatives.models import GoalLink, Initiative, PartnerLink
from townhall.models import Municipality, Text


class Export:
    """One export to one folder, which must not be there yet."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.left_out = []  # sentences about what does not go along

    def run(self):
        """How many rows each file holds. The folder appears at once and whole, or not at all."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self.draft = Path(tempfile.mkdtemp(prefix=".export-", dir=self.folder.parent))
        try:
            counts = self.write(self.draft)
            os.rename(self.draft, self.folder)
        finally:
            shutil.rmtree(self.draft, ignore_errors=True)
        return counts

    def portrait(self, name):
        """The name of a portrait, which goes along; nothing when the drawing is gone."""
        source = settings.MEDIA_ROOT / "portraits" / name
        if name and source.is_file():
            (self.draft / "photos").mkdir(exist_ok=True)
            shutil.copyfile(source, self.draft / "photos" / name)
            return name
        if name:
            self.left_out.append(_("%(name)s gaat niet mee: dit portret is er niet meer.") % {"name": name})
        return ""

    def write(self, folder):
        counts = {}
        outermost = not connection.in_atomic_block
        with transaction.atomic():
            if outermost:  # one moment, however long it takes
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for name, rows in WRITERS.items():
                counts[name] = 0
                with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
                    for row in rows(self):
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")
                        counts[name] += 1
                if not counts[name]:
                    (folder / name).unlink()
        return {name: count for name, count in counts.items() if count}


def filled(**values):
    """The keys that hold something; a trailing _ is not part of a key (`from_`)."""
    return {
        name.removesuffix("_"): value for name, value in values.items() if value not in (None, "", [], {})
    }


def day(moment):
    """The ISO date of a date or of a moment in Amsterdam."""
    if moment is None:
        return None
    return (timezone.localdate(moment) if hasattr(moment, "hour") else moment).isoformat()


def key(thing):
    return thing and thing.key


def exact(number):
    """A decimal as the shortest number that JSON has for it."""
    return number if number is None else int(number) if number == int(number) else float(number)


def places(thing):
    """The districts by name, after the word for everywhere where that holds."""
    return [EVERYWHERE] * thing.works_everywhere + sorted(district.name for district in thing.districts.all())


def municipality(export):
    for town in Municipality.objects.all():
        yield filled(
            id=town.code,
            name=town.name,
            kind=town.kind,
            oin=town.oin,
            email=town.email,
            phone=town.phone,
            address=town.address,
            office_hours=town.office_hours,
            website=town.website,
            colours=dict(sorted(town.colours.items())),
            texts=dict(Text.objects.order_by("key").values_list("key", "body")),
            service_days=dict(sorted(town.service_days.items())),
        )


def districts(export):
    for district in District.objects.select_related("parent").order_by("key"):
        yield filled(
            id=district.key,
            name=district.name,
            parent=key(district.parent),
            year=district.year,
            centroid=district.centroid,
            outline=district.outline,
        )


def departments(export):
    for department in Department.objects.select_related("lead").order_by("key"):
        yield filled(id=department.key, name=department.name, lead=key(department.lead))


def policy_fields(export):
    for field in PolicyField.objects.order_by("code", "name"):
        yield filled(id=field.code, name=field.name, from_year=field.from_year, until_year=field.until_year)


def portfolios(export):
    for portfolio in Portfolio.objects.order_by("key"):
        yield filled(id=portfolio.key, holder=portfolio.role, name=portfolio.name)


def holders(export):
    for holder in PortfolioHolder.objects.order_by("key"):
        yield filled(
            id=holder.key,
            name=holder.name,
            title=holder.title,
            party=holder.party,
            photo=export.portrait(holder.photo),
            email=holder.email,
        )


def terms(export):
    found = Term.objects.select_related("holder", "portfolio").order_by("portfolio__key", "since")
    for term in found:
        yield filled(
            holder=term.holder.key,
            portfolio=term.portfolio.key,
            from_=day(term.since),
            until=day(term.until),
        )


def contacts(export):
    found = AccountManager.objects.select_related("department", "deputy")
    for manager in found.prefetch_related("districts", "portfolios").order_by("key"):
        yield filled(
            id=manager.key,
            function=manager.function,
            expertise=manager.expertise,
            districts=places(manager),
            portfolios=sorted(portfolio.key for portfolio in manager.portfolios.all()),
            department=key(manager.department),
            name=manager.name,
            photo=export.portrait(manager.photo),
            name_public=manager.name_is_public,
            phone=manager.phone,
            email=manager.email,
            policy_fields=manager.policy_fields,
            room=manager.room,
            deputy=key(manager.deputy),
            front_desk=manager.is_front_desk,
            available_from=day(manager.available_from),
            available_until=day(manager.available_until),
        )


def absences(export):
    for absence in Absence.objects.select_related("manager", "deputy").order_by("manager__key", "since"):
        yield filled(
            contact=absence.manager.key,
            from_=day(absence.since),
            until=day(absence.until),
            deputy=key(absence.deputy),
        )


def partners(export):
    for partner in Organisation.objects.unmerged().prefetch_related("districts").order_by("key"):
        yield filled(
            id=partner.key,
            name=partner.name,
            type=partner.kind,
            districts=places(partner),
            interests=partner.interests,
            offers=partner.offers,
            website=partner.website,
            email=partner.email,
            open=partner.is_open,
            subsidised=partner.is_subsidised,
        )


def notes(export):
    for note in PolicyNote.objects.order_by("key"):
        yield filled(
            id=note.key,
            title=note.title,
            adopted_on=day(note.adopted_on),
            adopted_by=note.adopted_by,
            valid_from=day(note.valid_from),
            valid_until=day(note.valid_until),
            url=note.url,
            cvdr=note.cvdr,
        )


def goals(export):
    links = GoalPortfolio.objects.filter(running()).select_related("portfolio")
    found = Goal.objects.published().select_related("note", "owner")
    found = found.prefetch_related(
        "policy_fields", "districts", Prefetch("portfolio_links", links, to_attr="now")
    )
    for goal in found.order_by("key"):
        fields = list(goal.policy_fields.all())
        if not goal.now or not fields:
            missing = _("portefeuille") if fields else _("taakveld")
            words = {"key": goal.key, "missing": missing}
            export.left_out.append(_("%(key)s gaat niet mee: dit doel heeft geen %(missing)s.") % words)
            continue
        yield filled(
            id=goal.key,
            title=goal.title,
            description=goal.description,
            note=goal.note.title,
            policy_field=str(fields[0]),
            portfolio=goal.now[0].portfolio.key,
            page=goal.page,
            plain_title=goal.plain_title,
            plain_description=goal.plain_description,
            search_words=goal.search_words.split(", ") if goal.search_words else [],
            indicator=goal.indicator,
            districts=sorted(district.name for district in goal.districts.all()),
            owner=key(goal.owner),
            verified_on=day(goal.verified_on),
            state=goal.state,
        )


def themes(export):
    left_out = {line.split(" ", 1)[0] for line in export.left_out}
    published = Prefetch("goals", Goal.objects.published().order_by("key"))
    for theme in Theme.objects.prefetch_related(published).order_by("slug"):
        keys = [goal.key for goal in theme.goals.all() if goal.key not in left_out]
        yield filled(id=theme.slug, name=theme.name, description=theme.description, goals=keys)


def forms(export):
    for form in FinancingForm.objects.order_by("key"):
        yield filled(
            id=form.key,
            name=form.name,
            meaning=form.meaning,
            order=form.order,
            explanation=form.explanation,
            municipal_role=form.municipal_role,
            effect=form.effect,
            example=form.example,
            considerations=dict(sorted(form.considerations.items())),
        )


def schemes(export):
    for scheme in Scheme.objects.for_pages().order_by("key"):
        yield filled(
            id=scheme.key,
            form=scheme.form.key,
            name=scheme.name,
            summary=scheme.summary,
            for_whom=scheme.for_whom,
            provider=key(scheme.provider),
            needs=scheme.needs,
            districts=sorted(district.name for district in scheme.districts.all()),
            least=exact(scheme.least_per_application),
            most=exact(scheme.most_per_application),
            own_share=exact(scheme.own_share),
            opens_on=day(scheme.opens_on),
            closes_on=day(scheme.closes_on),
            url=scheme.url,
        )


def standard_requirements(export):
    for standard in StandardRequirement.objects.order_by("key"):
        yield filled(
            id=standard.key,
            title=standard.title,
            text=standard.text,
            basis=standard.basis,
            basis_text=standard.basis_text,
            why=standard.why,
            hard=standard.is_hard,
            help=standard.help,
            needs=standard.needs,
            url=standard.url,
            used=standard.is_used,
        )


def initiatives(export):
    """The plans themselves and how they go on; who takes part, and their messages, stay here."""
    near = "district", "contact", "organisation", "continuity_plan"
    found = Initiative.objects.select_related(*near).prefetch_related(
        "needs",
        Prefetch("goal_links", GoalLink.objects.select_related("goal").order_by("goal__key")),
        Prefetch("partner_links", PartnerLink.objects.select_related("organisation")),
    )
    for plan in found.order_by("id").iterator(chunk_size=500):
        name = plan.import_key or plan.reference
        if name:  # without either it is a concept that somebody is still writing here
            yield initiative(plan, name, export)


def initiative(plan, name, export):
    left_out = {line.split(" ", 1)[0] for line in export.left_out}
    needs = {need.kind: need for need in plan.needs.all()}
    money = needs.get(NeedKind.MONEY)
    goals = {link.goal.key: link.strength for link in plan.goal_links.all() if link.goal.key not in left_out}
    labels = filled(
        goals=goals,
        partners=sorted(link.organisation.key for link in plan.partner_links.all()),
        amount=str(money.amount) if money and money.amount is not None else None,
    )
    return filled(
        id=name,
        title=plan.title,
        text=plan.story,
        district=plan.district.name if plan.district else None,
        submitter=plan.submitter,
        reference=plan.reference,
        state=plan.state,
        summary=plan.summary,
        kind=plan.kind,
        submitter_kind=plan.submitted_by,
        submitted_on=day(plan.submitted_at),
        changed_on=day(plan.changed_at),
        wants_public=plan.wants_public,
        released_on=day(plan.released_at),
        contact=key(plan.contact),
        stopped_reason=plan.state_reason,
        point=plan.point,
        needs=sorted(needs),
        existing=plan.existing,
        offered=plan.offered,
        asked=plan.asked,
        place=plan.place,
        starts_on=day(plan.starts_on),
        ends_on=day(plan.ends_on),
        organisation=key(plan.organisation),
        continuity=continuity(plan),
        links=plan.links,
        labels=labels,
    )


def continuity(plan):
    later = getattr(plan, "continuity_plan", None)
    return filled(**model_to_dict(later, TEXTS), review_on=day(later.review_on)) if later else None


def reply_templates(export):
    for one in ReplyTemplate.objects.order_by("verb", "order", "key"):
        yield filled(
            id=one.key, title=one.title, verb=one.verb, body=one.body, order=one.order, used=one.is_used
        )


WRITERS = {
    "municipality.jsonl": municipality,
    "districts.jsonl": districts,
    "departments.jsonl": departments,
    "policy-fields.jsonl": policy_fields,
    "portfolios.jsonl": portfolios,
    "holders.jsonl": holders,
    "terms.jsonl": terms,
    "contacts.jsonl": contacts,
    "absences.jsonl": absences,
    "partners.jsonl": partners,
    "notes.jsonl": notes,
    "goals.jsonl": goals,
    "themes.jsonl": themes,
    "funding-forms.jsonl": forms,
    "schemes.jsonl": schemes,
    "standard-requirements.jsonl": standard_requirements,
    "initiatives.jsonl": initiatives,
    "reply-templates.jsonl": reply_templates,
}
