"""The commands of the launcher; the Makefile calls them."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys

from local import processes, servers
from local.places import PYTHON, ROOT, Stop, demo_home


def environment(extra):
    """What the project reads, for the tests and for development; anything already set in the environment wins."""
    defaults = {"SECRET_KEY": "only-for-development-and-tests", "BASE_URL": "http://127.0.0.1:8000"}
    return {**defaults, **os.environ, **extra, "PATH": f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"}


def attend(command, extra):
    """Runs a command in the foreground, with the terminal and Ctrl-C for itself; its exit code."""
    # The command decides what Ctrl-C means. A handler, not SIG_IGN: the command would inherit the ignoring.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        process = processes.start(command, env=environment(extra), cwd=ROOT, session=False)
    except FileNotFoundError:
        raise Stop(f"There is no command {command[0]}.") from None
    try:
        return process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
        signal.signal(signal.SIGINT, before)


def run(options):
    """Any command with servers and environment: throw-away ones (1 s), or with --demo those of the demo."""
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        raise Stop("Say what to run: python3 -m local run -- .venv/bin/python manage.py shell")
    home = demo_home() if options.demo else None
    shared = servers.joined(home) if home else None
    if shared is not None:
        return attend(command, shared)
    with servers.running(home) as extra:
        return attend(command, extra)


def main():
    parser = argparse.ArgumentParser(prog="python3 -m local", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    adding = commands.add_parser("run", help="run a command with PostgreSQL, Valkey and the environment")
    adding.add_argument("--demo", action="store_true", help="with the demo's data instead of an empty database")
    adding.add_argument("command", nargs=argparse.REMAINDER)
    adding.set_defaults(go=run)
    options = parser.parse_args()
    processes.on_term()
    sys.exit(options.go(options))


main()
