"""What was promised, for who follows by feed reader: what everybody may see, and no person."""

from datetime import datetime, time

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from agreements.commitments.models import Commitment
from initiatives.feeds import NEWEST, NOT_IN_XML


class Promises(Feed):
    """The newest public promises as Atom."""

    feed_type = Atom1Feed
    title = _("Toezeggingen")
    subtitle = _("Wat de gemeente, initiatiefnemers en partners elkaar beloven.")
    link = reverse_lazy("agreements:commitments")

    def items(self):
        found = Commitment.objects.visible_to(AnonymousUser()).for_pages()
        return found.order_by("-created_at", "-pk")[:NEWEST]

    def item_title(self, one):
        return NOT_IN_XML.sub("", one.text)

    def item_description(self, one):
        told = {
            "who": one.promiser,
            "day": date_format(one.due_on, "j F Y"),
            "plan": one.initiative.title,
            "state": one.get_state_display(),
        }
        if one.standing == "ended":
            told["state"] = _("het plan is %(state)s") % {"state": one.initiative.get_state_display()}
        words = _("%(who)s belooft dit voor %(day)s. Het gaat om het plan “%(plan)s”. Stand: %(state)s.")
        return escape(NOT_IN_XML.sub("", words % told))  # Atom1Feed calls a summary HTML

    def item_pubdate(self, one):
        return timezone.make_aware(datetime.combine(one.promised_on, time()))

    def item_updateddate(self, one):
        return one.changed_at
