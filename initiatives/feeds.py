"""What is new, for who follows by feed reader: public initiatives, nothing personal."""

import re

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative

NEWEST = 30
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # one would break the whole feed


class NewInitiatives(Feed):
    """The newest public initiatives as Atom."""

    feed_type = Atom1Feed
    title = _("Nieuwe initiatieven")
    subtitle = _("Plannen van inwoners, zodra ze op de site staan.")
    link = reverse_lazy("initiatives:list")

    def items(self):
        plans = Initiative.objects.visible_to(AnonymousUser()).registered().on_their_own()
        return plans.select_related("district").order_by("-released_at", "-id")[:NEWEST]

    def item_title(self, plan):
        return NOT_IN_XML.sub("", plan.title)

    def item_description(self, plan):
        words = NOT_IN_XML.sub("", plan.summary or plan.story[:300])
        return escape(words)  # Atom1Feed calls a summary HTML

    def item_pubdate(self, plan):
        return plan.released_at

    def item_updateddate(self, plan):
        return plan.changed_at

    def item_categories(self, plan):
        return [plan.district.name] if plan.district else []
