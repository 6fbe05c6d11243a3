"""With Redis stopped a resident registers and gets the mail: gunicorn, relay and a mail server, all real."""

import email
import html
import http.cookiejar
import re
import urllib.parse
import urllib.request

import pytest

from initiatives.models import Initiative, State
from tests import make
from tests.townhall.servers import MailServer, free_port, process, wait_until
from townhall.models import OutboxMessage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("relay")]
ADDRESS = "bewoner@voorbeeld.example"


class Visitor:
    """A browser without a window: it keeps cookies, follows redirects and sends the token of a form."""

    def __init__(self, address):
        self.address, self.url, self.page = address, address, ""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def open(self, path, data=None):
        sent = urllib.parse.urlencode(data, doseq=True).encode() if data else None
        request = urllib.request.Request(urllib.parse.urljoin(self.url, path), sent)
        with self.opener.open(request, timeout=20) as answer:
            self.url, self.page = answer.url, answer.read().decode()

    def send(self, **typed):
        """Sends the form of this page, as a browser would: hidden fields and what is typed."""
        form = next(one for one in re.findall(r"<form.*?</form>", self.page, re.DOTALL) if "iw-post" in one)
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        hidden = {name: html.unescape(value) for name, value in fields}
        action = html.unescape(re.search(r'action="([^"]*)"', form)[1])
        self.open(action, hidden | typed)


def is_up(visitor):
    try:
        visitor.open("/gezond")
    except OSError:
        return False
    return True


def texts(server):
    return [email.message_from_bytes(mail.content).get_payload(decode=True).decode() for mail in server.mails]


def test_with_redis_stopped_a_resident_registers_and_gets_the_mail(tmp_path):
    make.municipality()
    make.front_desk()
    log, server, port = tmp_path / "log", MailServer(), free_port()
    address = f"http://127.0.0.1:{port}"
    world = {
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "REDIS_URL": f"unix://{tmp_path}/nobody.sock?db=0",  # nothing listens there
        "BASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
        "WEB_WORKERS": "1",
        "DEBUG": "1",  # static files by their own names
        "DEMO": "0",
    }
    web = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", address.removeprefix("http://"))
    visitor = Visitor(address)
    server.start()
    try:
        with (
            process("manage.py", "relay", log=log, **world),
            process(*web, "initiatiefwijzer.wsgi", log=log, **world),
        ):
            wait_until(lambda: is_up(visitor))
            visitor.open("/initiatieven/nieuw/")
            visitor.send(title="Een bankje", story="Met de buurt een bankje bij de vijver.", email=ADDRESS)
            code = re.search(
                r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", wait_until(lambda: texts(server) and texts(server)[0])
            )
            visitor.send(code=code[0])
            visitor.send(
                title="Een bankje", story="Met de buurt een bankje.", submitted_by="person", verstuur="ja"
            )
            plan = Initiative.objects.get()
            assert plan.state == State.SUBMITTED, log.read_text()
            assert plan.reference in visitor.page
            wait_until(lambda: len(server.mails) == 2)
            assert plan.reference in texts(server)[1]
            assert server.mails[1].rcpt_tos == [ADDRESS]
            waiting = OutboxMessage.objects.filter(kind="match", payload={"initiative": plan.pk})
            assert waiting  # only the matcher's work waits for Redis
            assert not waiting.exclude(done_at=None)
    finally:
        server.stop()
