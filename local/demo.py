"""Runs the whole thing on this machine: web, worker, beat and relay, with the demo municipality."""

import contextlib
import os
import secrets
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field

from local import processes, servers, setup
from local.places import PRIVATE, PYTHON, ROOT, Stop, demo_home
from local.steps import LOG, must, step

HOST = "127.0.0.1"
SETTLED = 10  # seconds: a child that ends sooner after the first start never worked
FIRST_PAUSE, LONGEST_PAUSE = 1, 60  # seconds before a child is started again
PATIENCE = 15  # seconds that the children get to finish what they are doing


@dataclass
class Child:
    """One of the processes of the demo."""

    name: str
    command: list
    process: subprocess.Popen = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = None  # when it is started again; None while it runs
    last: list = field(default_factory=list)  # the last lines that it printed


def children(port, home):
    """What runs in the demo, in the order of starting."""
    celery = [PYTHON, "-m", "celery", "--quiet", "-A", "initiatiefwijzer"]
    web = ["--bind", f"{HOST}:{port}", "--workers", "2", "--config", ROOT / "deploy" / "gunicorn.conf.py"]
    return [
        Child("web", [PYTHON, "-m", "gunicorn", *web, "initiatiefwijzer.wsgi"]),
        Child(
            "worker", [*celery, "worker", "--concurrency", "1", "--loglevel", "WARNING", "--without-mingle"]
        ),
        Child("beat", [*celery, "beat", "--loglevel", "WARNING", "--schedule", home / "beat", "--pidfile="]),
        Child("relay", [PYTHON, "manage.py", "relay"]),
    ]


class Crew:
    """The children together: printed line by line, started again when they end, stopped together."""

    def __init__(self, members, env):
        self.members, self.env = members, env
        self.lines = selectors.DefaultSelector()
        self.waiting = []  # lines to print later; None once they are printed at once

    def speak(self):
        """Prints what was said so far; from now on everything is printed at once."""
        waiting, self.waiting = self.waiting or [], None
        for line in waiting:
            print(line, flush=True)

    def start(self, child):
        reading, writing = os.pipe()
        with open(writing, "wb") as out:
            child.process = processes.start(child.command, env=self.env, cwd=ROOT, out=out)
        child.started, child.due = time.monotonic(), None
        self.lines.register(reading, selectors.EVENT_READ, [child, b""])

    def turn(self, seconds=0.2):
        """Prints what the children said, and starts again who ended; stops when one never worked."""
        for key, _ in self.lines.select(seconds):
            self._read(key)
        now = time.monotonic()
        for child in self.members:
            if child.due is not None:
                if now >= child.due:
                    self.start(child)
            elif child.process.poll() is not None:
                self._ended(child, now)

    def _read(self, key):
        child, rest = key.data
        got = os.read(key.fd, 65536)
        *lines, key.data[1] = (rest + got).split(b"\n")
        if not got:  # the end: nobody holds the other side any more
            self.lines.unregister(key.fd)
            os.close(key.fd)
            lines = [line for line in [*lines, key.data[1]] if line]
        for text in filter(str.strip, (line.decode(errors="replace") for line in lines)):
            child.last = [*child.last[-4:], text]
            shown = f"{child.name:>6} | {text}"
            if self.waiting is None:
                print(shown, flush=True)
            else:
                self.waiting.append(shown)

    def _ended(self, child, now):
        code, lived = child.process.returncode, now - child.started
        processes.stop(child.process)  # and whatever it left behind in its group
        if child.pause == FIRST_PAUSE and lived < SETTLED:
            said = child.last[-1].strip() if child.last else "nothing"
            raise Stop(f"The {child.name} stopped at once (exit {code}). It said: {said}")
        if lived > LONGEST_PAUSE:
            child.pause = FIRST_PAUSE
        print(f"• The {child.name} stopped (exit {code}); it starts again in {child.pause} s", flush=True)
        child.due = now + child.pause
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def stop(self):
        """Ends all of them at the same time, so that this takes as long as the slowest one."""
        running = [child for child in self.members if child.process]
        for child in running:
            with contextlib.suppress(ProcessLookupError):
                child.process.terminate()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(child.process.poll() is None for child in running):
            for key, _ in self.lines.select(0.1):
                self._read(key)
        for child in running:
            processes.stop(child.process, patience=0.1)


def free(port):
    """Stops when somebody listens on that port already."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, port))
        except PermissionError:
            raise Stop(
                f"You may not use port {port}: choose one above 1024, like make demo PORT=8100"
            ) from None
        except OSError:
            raise Stop(f"Port {port} is in use: choose another, like make demo PORT={port + 100}") from None


def chosen_port():
    """The port out of $PORT, 8000 without."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise Stop(f"PORT={text} is no port: give a number from 1 to 65535")
    return int(text)


def secret(home):
    """The secret key of this demo, made once."""
    path = home / "secret-key"
    if not path.exists():
        draft = home / "secret-key.new"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        draft.rename(path)
    return path.read_text()


def settings(home, port, extra):
    """The environment of the children; what the environment says already wins."""
    defaults = {
        "SECRET_KEY": secret(home),
        "DEMO": "1",
        "BASE_URL": f"http://{HOST}:{port}",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "EMAIL_URL": "consolemail://",  # the relay prints the mails
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker",  # as root, for a demo, on this machine only
    }
    return {**defaults, **os.environ, **extra, "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"}


def manage(*arguments, env, advice=""):
    """Runs a management command to its end; stops with one sentence when it fails."""
    must([PYTHON, "manage.py", *arguments], f"`manage.py {arguments[0]}` failed.{advice}", env=env)


def load(env):
    """The tables, the demo municipality (once) and the static files."""
    advice = " After a change of the tables: `make demo-reset` starts over."
    with step("Making the tables"):
        manage("migrate", "--no-input", env=env, advice=advice)
    with step("Loading the demo municipality"):
        manage("demo", env=env, advice=advice)
    _collect(env)


def _collect(env):
    """The static files under their hashed names, unless nothing in them changed."""
    made = PRIVATE / "collected"
    mine = [
        path
        for folder in ("static", "static-src")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    ]
    source = setup.digest(ROOT / "requirements" / "runtime.txt", ROOT / "package-lock.json", *mine)
    if (ROOT / "staticfiles").exists() and made.exists() and made.read_text() == source:
        return
    with step("Collecting the static files"):
        manage("collectstatic", "--no-input", "--clear", "--verbosity", "0", env=env)
        made.write_text(source)


def answers(port):
    """Whether the health page says that all is well."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/gezond", timeout=5) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def demo(options):
    """Installs, starts and serves until Ctrl-C; the data are kept."""
    began, port, home = time.monotonic(), chosen_port(), demo_home()
    free(port)
    if servers.joined(home) is not None:
        raise Stop("The demo of this checkout is running already: stop it first with Ctrl-C.")
    setup.install("demo")
    with contextlib.ExitStack() as stack:
        with step("Starting PostgreSQL and Valkey"):
            extra = stack.enter_context(servers.running(home))
        env = settings(home, port, extra)
        load(env)
        crew = Crew(children(port, home), env)
        stack.callback(crew.stop)
        with step("Starting web, worker, beat and relay"):
            for child in crew.members:
                crew.start(child)
            accounts = _accounts(env)
            _wait_for_web(crew, port)
        print(
            f"\n  Open http://{HOST}:{port} ({time.monotonic() - began:.0f} s after the start)\n", flush=True
        )
        print(accounts)
        print(f"\n  Ctrl-C stops. Your data stay in {home}; `make demo-reset` starts over.\n", flush=True)
        crew.speak()
        try:
            while True:
                crew.turn()
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            print("\n• Stopping; your data are kept", flush=True)
    return 0


def _accounts(env):
    """What `manage.py demo --accounts` prints: who can sign in, and as what."""
    command = [PYTHON, "manage.py", "demo", "--accounts"]
    said = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return textwrap.indent(said.rstrip(), "  ")


def _wait_for_web(crew, port):
    until = time.monotonic() + 180
    while not answers(port):
        if time.monotonic() > until:
            raise Stop(
                f"http://{HOST}:{port}/gezond does not answer. (Earlier output: {LOG.relative_to(ROOT)})"
            )
        crew.turn()


def reset(options):
    """Throws the demo's data away."""
    if os.environ.get("DATABASE_URL"):
        raise Stop(
            "DATABASE_URL is set: the demo's data are in a database of your own, which stays as it is."
        )
    home = demo_home()
    if home.exists():
        held = processes.lock(home / "lock", patience=1)
        if not held:
            raise Stop("The demo is running: stop it first with Ctrl-C.")
        servers.end_orphans(home)
        shutil.rmtree(home)
        held.close()
    print("• The demo's data are gone: `make demo` starts with fresh ones", file=sys.stderr)
    return 0
