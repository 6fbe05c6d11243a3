"""Who comes near the people behind a plan."""


def is_near(user, plan):
    """True for the contact, and for the deputy while the contact is away.

    The front desk is the contact while a plan has no other. Only they see the talk and the people of a plan;
    another officer gives a reason first (townhall.models.Look).
    """
    contact = plan.contact
    stand_in = contact.stand_in
    return user.is_authenticated and user.pk in {contact.user_id, stand_in.user_id if stand_in else None}
