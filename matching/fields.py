"""What of each thing is read, and how much each field weighs."""

from matching.reading import Field
from matching.shapes import Contact, Goal, Initiative, Partner, Question


def of_goal(goal: Goal) -> list[Field]:
    """Titles most, then the words residents use, then the descriptions, the note and the policy field."""
    return [
        (goal.title, 2.0),
        (goal.plain_title, 2.0),
        (goal.search_words, 1.5),
        (goal.plain_description, 1.0),
        (goal.description, 1.0),
        (goal.note, 0.7),
        (goal.policy_field, 0.5),
    ]


def of_contact(contact: Contact) -> list[Field]:
    """The profile of an official."""
    return [(contact.function, 1.0), (contact.expertise, 1.0)]


def of_partner(partner: Partner) -> list[Field]:
    """What an organisation cares about and has to give; its name says something too."""
    return [(partner.interests, 1.0), (partner.offers, 1.0), (partner.name, 0.5), (partner.kind, 0.5)]


def of_initiative(initiative: Initiative) -> list[Field]:
    """Read like a question."""
    return [(initiative.title, 2.0), (initiative.text, 1.0)]


def of_question(question: Question) -> list[Field]:
    """The title says what it is about, the text says the rest."""
    return [(question.title, 2.0), (question.text, 1.0)]
