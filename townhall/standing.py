"""What nearly every page needs and hardly ever changes: read once, and kept until a trigger notes a change.

Triggers (migrations named `notice_changes`) write a row in `townhall_change` for every statement that changes
a noted table, in its transaction. Rows are only added, so their number and highest id together tell whether
what this process keeps is still what the database holds; one small query a request asks for them.
"""

from django.db import connection

from townhall.models import Municipality

STAMP = "SELECT count(*), coalesce(max(id), 0) FROM townhall_change"


class Standing:
    """Things read at one state of the noted tables. Nobody may change what it gives: requests share it."""

    def __init__(self, stamp):
        self.stamp, self.things = stamp, {}

    def get(self, name, read):
        """The thing of this name; read once. `read` may use the noted tables only, and nobody's rights."""
        if name not in self.things:
            self.things[name] = read()
        return self.things[name]


class Shelf:
    """The last state this process has seen."""

    def __init__(self):
        self.standing = Standing(None)

    def now(self):
        """What stands at this moment; one query."""
        with connection.cursor() as cursor:
            cursor.execute(STAMP)
            stamp = cursor.fetchone()
        standing = self.standing
        if standing.stamp != stamp:
            self.standing = standing = Standing(stamp)
        return standing

    def of(self, request):
        """The same for a whole request, asked once."""
        if not hasattr(request, "standing"):
            request.standing = self.now()
        return request.standing


shelf = Shelf()


def town_of(request):
    """The municipality, with its texts; one without a name before the first import."""
    return shelf.of(request).get("town", lambda: Municipality.objects.current() or Municipality())
