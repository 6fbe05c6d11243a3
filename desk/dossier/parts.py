"""What a dossier holds of a plan: one table, in the order in which people read it.

A model that belongs to a plan stands here, or in LEFT_OUT with the reason; a test walks all models. `mark`
says for whom a part is: everybody once the plan is on the site, both sides, or officers only. `private` are
the fields by which somebody can be reached or named: black in what may be made public, and for an initiator
in what is about others. `inside` says which records officers keep among themselves.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Mark(StrEnum):
    """For whom a part is."""

    PUBLIC = "public"
    BOTH = "both"
    INSIDE = "inside"


MARKS = {
    Mark.PUBLIC: _("Openbaar als het plan openbaar is"),
    Mark.BOTH: _("Voor initiatiefnemer en gemeente"),
    Mark.INSIDE: _("Intern: alleen voor de gemeente"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one model; path: from them to their plan; fields and private: names with spaces between;
    inside: lookups of the records that are for officers only.
    """

    title: str
    model: str
    fields: str
    mark: Mark
    path: str = "initiative"
    private: str = ""
    order: str = "pk"
    inside: dict[str, str] = field(default_factory=dict)


PLAN = (
    "reference title summary story existing offered asked district place kind submitted_by submitter"
    " organisation starts_on ends_on links state state_reason contact wants_public released_at"
    " created_at submitted_at changed_at"
)
TEXTS = "title summary story existing offered asked place submitter"
DEMAND = "text basis basis_text why is_hard help"
CHOSEN = "goal manager organisation similar form"
PERSON = "user.name user.email name email phone address"
PROPOSAL = "why state until at closed_at"

PARTS = [
    Part(_("Eerdere teksten van het plan"), "initiatives.initiativehistory", f"pgh_created_at {TEXTS}",
         Mark.BOTH, path="pgh_obj", order="pgh_id"),
    Part(_("Wie meedoet"), "initiatives.participant", f"role {PERSON} shows_name since", Mark.BOTH,
         private=PERSON),
    Part(_("Wat het plan vraagt"), "initiatives.need", "kind amount note met_by", Mark.PUBLIC),
    Part(_("Doelen"), "initiatives.goallink", "goal strength why was_suggested by on", Mark.PUBLIC),
    Part(_("Partners"), "initiatives.partnerlink", "organisation why was_suggested by on", Mark.PUBLIC),
    Part(_("Plannen die erop lijken"), "initiatives.similarlink", "other.reference why was_suggested by on",
         Mark.INSIDE),
    Part(_("Kennismakingen"), "initiatives.introduction",
         "organisation other.reference place text by at accepted answered_at", Mark.BOTH),
    Part(_("Gesprek"), "initiatives.message", "at from_town by kind text read_at", Mark.BOTH, order="at"),
    Part(_("Contactmomenten"), "initiatives.interaction",
         "on how organisations persons note by next_step next_on next_done_on", Mark.INSIDE, order="on"),
    Part(_("Termijnen"), "initiatives.clock", "kind days started_on due_on paused_on stopped_on",
         Mark.PUBLIC),
    Part(_("Toezeggingen"), "agreements.commitment",
         "key text promiser receiver occasion promised_on first_due_on due_on quantity unit_name value need"
         " state kept_on evidence closing_reason is_public", Mark.PUBLIC),
    Part(_("Verschoven toezeggingen"), "agreements.shift", "commitment.key from_day to_day reason at",
         Mark.PUBLIC, path="commitment__initiative"),
    Part(_("Toezeggingen in eerdere woorden"), "agreements.commitmenthistory",
         "pgh_obj.key pgh_created_at text occasion", Mark.BOTH, path="pgh_obj__initiative", order="pgh_id"),
    Part(_("Eisen"), "agreements.requirement", f"key {DEMAND} state set_on closed_on closing_reason",
         Mark.BOTH),
    Part(_("Vragen over eisen"), "agreements.requirementquestion",
         "requirement.key text asked_on due_on outcome answer answered_on", Mark.BOTH,
         path="requirement__initiative"),
    Part(_("Eisen in eerdere woorden"), "agreements.requirementhistory",
         f"pgh_obj.key pgh_created_at {DEMAND}", Mark.BOTH, path="pgh_obj__initiative", order="pgh_id"),
    Part(_("Besluiten"), "agreements.pendingdecision",
         "key question body_words is_formal is_political why asked_on planned_on received_on weeks due_on"
         " outcome decided_on reasons what_would_change next_step", Mark.PUBLIC),
    Part(_("Stilstand van termijnen"), "agreements.decisionpause", "decision.key ground since until",
         Mark.PUBLIC, path="decision__initiative"),
    Part(_("Besluiten op een andere dag"), "agreements.decisionmove", "decision.key was to reason at",
         Mark.PUBLIC, path="decision__initiative"),
    Part(_("Rechtgezet bij besluiten"), "agreements.decisioncorrection", "decision.key what said reason at",
         Mark.PUBLIC, path="decision__initiative"),
    Part(_("Zo blijft het draaien"), "agreements.continuityplan", "people money upkeep ending review_on",
         Mark.BOTH),
    Part(_("Teruggekeken"), "agreements.continuityreview", "on was_due_on outcome sentence next_on by",
         Mark.BOTH, order="on"),
    Part(_("Gevraagd om het plan over te nemen"), "agreements.succession",
         "at from_town reason state until closed_at by", Mark.BOTH),
    Part(_("Afweging"), "agreements.assessment",
         "framework state made_on shared_on days react_until reaction reacted_on reply closed_on", Mark.BOTH,
         inside={"state": "draft"}),
    Part(_("Afweging per vraag"), "agreements.assessmentanswer", "criterion.question answer reason reaction",
         Mark.BOTH, path="assessment__initiative", inside={"assessment__state": "draft"}),
    Part(_("Afweging in eerdere woorden"), "agreements.assessmentanswerhistory",
         "pgh_obj.criterion.question pgh_created_at answer reason", Mark.BOTH,
         path="pgh_obj__assessment__initiative", order="pgh_id",
         inside={"pgh_obj__assessment__state": "draft"}),
    Part(_("De taak van de gemeente"), "agreements.challenge",
         "task budget budget_note approach result manager", Mark.BOTH),
    Part(_("Voorstellen om in een ander plan verder te gaan"), "agreements.merge",
         f"stays {PROPOSAL} leaves_agreed_at", Mark.BOTH, path="leaves"),
    Part(_("Voorstellen om een ander plan mee te nemen"), "agreements.merge",
         f"leaves {PROPOSAL} stays_agreed_at", Mark.BOTH, path="stays"),
    Part(_("Doorverwijzing"), "agreements.referral",
         "organisation name email phone why expect at sent_at due_on answer answered_at note ended_at",
         Mark.BOTH, private="name email phone"),
    Part(_("Vragen aan de gemeenteraad"), "agreements.councilquestion",
         "key question background from_town state asked_on due_on received_on forwarded_on forwarded_to"
         " meets_on answer next_step closing_reason closed_on", Mark.BOTH),
    Part(_("Bestanden"), "agreements.attachment",
         "file.name file.words file.size file.digest file.from_town file.by file.at is_internal"
         " initiators_agree town_agrees", Mark.BOTH),
    Part(_("Nieuws over het plan"), "initiatives.update", "at text by changed_at is_public hidden_why",
         Mark.PUBLIC, order="at"),
    Part(_("Wat het plan opleverde"), "initiatives.result", "what for_whom people at", Mark.PUBLIC),
    Part(_("Lessen"), "initiatives.lesson", "kind text at", Mark.PUBLIC),
    Part(_("Wie meekijkt"), "agreements.onlooker", "kind holder by at until seen_at revoked_at", Mark.BOTH),
    Part(_("Collega’s die meewerken"), "agreements.cohandler",
         "manager task due_on done_on cancelled_on cancel_reason by at", Mark.INSIDE),
    Part(_("Notities van collega’s"), "desk.note", "at by text", Mark.INSIDE, order="at"),
    Part(_("Collega’s die een notitie moesten lezen"), "desk.mention", "note.at manager read_at",
         Mark.INSIDE, path="note__initiative"),
    Part(_("Overdracht aan een collega"), "desk.handovercase", "contact rule reason state why at",
         Mark.INSIDE),
    Part(_("Voorstellen van de wegwijzer, en wat ambtenaren ervan vonden"), "matching.suggestion",
         f"{CHOSEN} score reasons version verdict verdict_reason by on made_at", Mark.INSIDE),
]  # fmt: skip

LEFT_OUT = {  # model that belongs to a plan -> why it is not in a dossier
    "desk.batchrow": "Gone after thirty days; what was done to the plan stands in its timeline.",
    "initiatives.interaction_organisations": "Told with the contact moment.",
    "initiatives.interaction_persons": "Told with the contact moment.",
    "desk.lettercopy": "A letter is to many; that it went to somebody of the plan stands in its timeline.",
}

LABELS = {  # name of a field -> what it is called, where the model has no words for it
    "accepted": _("ja of nee"),
    "answered_at": _("beantwoord op"),
    "at": _("wanneer"),
    "body_words": _("wie besluit"),
    "by": _("door"),
    "changed_at": _("veranderd op"),
    "created_at": _("begonnen op"),
    "closed_at": _("afgerond op"),
    "commitment.key": _("toezegging"),
    "decision.key": _("besluit"),
    "ended_at": _("voorbij sinds"),
    "file.at": _("erbij gedaan op"),
    "file.by": _("erbij gedaan door"),
    "file.digest": _("SHA-256"),
    "file.from_town": _("van de gemeente"),
    "file.size": _("grootte in bytes"),
    "file.words": _("wat er op de foto staat"),
    "form": _("manier om te betalen"),
    "framework": _("afwegingskader"),
    "goal": _("doel"),
    "holder": _("bestuurder"),
    "is_public": _("openbaar"),
    "kind": _("soort"),
    "leaves": _("ander plan"),
    "leaves_agreed_at": _("dit plan zei ja op"),
    "made_at": _("gemaakt op"),
    "manager": _("accounthouder"),
    "met_by": _("vervuld door"),
    "note.at": _("notitie van"),
    "on": _("wanneer"),
    "organisation": _("organisatie"),
    "other.reference": _("ander plan"),
    "pgh_created_at": _("stond er tot"),
    "pgh_obj.key": _("kenmerk"),
    "place": _("plek"),
    "promiser": _("wie het belooft"),
    "read_at": _("gelezen op"),
    "reasons": _("redenen"),
    "receiver": _("aan wie"),
    "released_at": _("op de site sinds"),
    "requirement.key": _("eis"),
    "score": _("score"),
    "similar": _("plan dat erop lijkt"),
    "since": _("sinds"),
    "stays": _("ander plan"),
    "stays_agreed_at": _("dit plan zei ja op"),
    "submitted_at": _("ingediend op"),
    "text": _("tekst"),
    "said": _("wat er stond"),
    "what": _("wat"),
    "user.email": _("e-mailadres van het account"),
    "user.name": _("naam van het account"),
}
