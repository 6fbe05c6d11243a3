"""What initiatives tell about themselves, for who follows by feed reader: what is on the site, no names."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from initiatives.feeds import NEWEST, NOT_IN_XML
from initiatives.models import Update

OPENING = 300  # characters of the text


class News(Feed):
    """The newest news of public initiatives as Atom."""

    feed_type = Atom1Feed
    title = _("Nieuws van initiatieven")
    subtitle = _("Wat initiatiefnemers over hun plan vertellen.")
    link = reverse_lazy("initiatives:list")

    def items(self):
        return Update.objects.visible_to(AnonymousUser()).for_pages()[:NEWEST]

    def item_title(self, update):
        return NOT_IN_XML.sub("", update.initiative.title)

    def item_description(self, update):
        return escape(NOT_IN_XML.sub("", update.text[:OPENING]))  # Atom1Feed calls a summary HTML

    def item_pubdate(self, update):
        return update.at

    def item_updateddate(self, update):
        return update.changed_at or update.at
