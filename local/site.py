"""The real site with Merenburg, for the browser tests and the pictures.

It starts from a database without a row, goes without the demo's help (no codes on the page), and delivers
nothing: what would be mailed stays in the outbox.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from local import processes
from local.places import PYTHON, ROOT, Stop
from local.steps import must

PATIENCE = 30  # seconds until the first answer


def environment(database_url, folder, port):
    """What the site reads; its static and media files go to `folder`."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-development-and-tests",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
        "WEB_WORKERS": "1",  # one matcher, so that it is built once
        "DEBUG": "0",
        "DEMO": "0",
    }


def free_port():
    """A port of this machine that nobody uses now."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def prepare(env):
    """Tables, Merenburg with its accounts, and the static files under their hashed names."""
    for words, more in (
        (["migrate", "--no-input"], {}),
        (["demo"], {"DEMO": "1"}),
        (["collectstatic", "--no-input"], {}),
    ):
        must([PYTHON, "manage.py", *words], f"`manage.py {words[0]}` failed.", env={**env, **more})


@contextlib.contextmanager
def running(database_url, folder):
    """The address of the site and its environment, while it runs. The database must be empty."""
    env = environment(database_url, folder, free_port())
    prepare(env)
    address = env["BASE_URL"]
    command = [PYTHON, "-m", "gunicorn", "--config", ROOT / "deploy" / "gunicorn.conf.py"]
    with open(folder / "web.log", "w") as log:
        web = processes.start(
            [*command, "--bind", address.removeprefix("http://"), "initiatiefwijzer.wsgi"],
            env=env,
            cwd=ROOT,
            out=log,
        )
    try:
        wait(web, f"{address}/gezond", folder / "web.log")
        yield address, env
    finally:
        processes.stop(web, signal.SIGQUIT)  # at once: a browser keeps its connections open


def wait(web, health, log):
    """Returns once the address answers; stops with the end of the log when the process dies or is late."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        with contextlib.suppress(OSError, urllib.error.URLError), urllib.request.urlopen(health, timeout=5):
            return
        time.sleep(0.1)
    raise Stop(f"The site does not start. It said: {log.read_text()[-1000:].strip() or 'nothing'}")


def printed(env, code):
    """What a few lines of Python print inside the site: for pages that no address leads to."""
    command = [PYTHON, "manage.py", "shell", "--verbosity", "0", "--command", code]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True).stdout
