"""What people decide about their own account."""

from django.db import transaction

from accounts.models import NotificationPreference


@transaction.atomic
def choose_mails(*, by, kinds, wanted):
    """From now on `by` gets mail about `wanted` and about no other of these kinds.

    It leaves no event: this is nobody else's business.
    """
    for kind in kinds:
        NotificationPreference.objects.update_or_create(
            user=by, kind=kind, defaults={"by_mail": kind in wanted}
        )
