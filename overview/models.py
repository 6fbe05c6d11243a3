"""What the overview keeps: only what tells it that its figures have to be looked at again."""

from django.db import models
from django.db.models.functions import Now


class PlanChange(models.Model):
    """A trigger noted that what is counted of a plan may have changed (see tally.py); plan 0 is all."""

    plan = models.BigIntegerField()  # no foreign key: the plan may be gone
    transaction = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["transaction"], name="planchange_transaction")]

    def __str__(self):
        return str(self.plan)
