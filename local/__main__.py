"""The commands of the launcher; the Makefile calls them."""

import argparse
import contextlib
import errno
import os
import signal
import subprocess
import sys

from local import bench, browser, demo, locks, matcher_bench, processes, servers, setup
from local.places import PYTHON, ROOT, Stop, bench_home, demo_home
from local.steps import note, start_log, step


def environment(extra):
    """What the project reads, for the tests and for development; what is already set wins."""
    defaults = {"SECRET_KEY": "only-for-development-and-tests", "BASE_URL": "http://127.0.0.1:8000"}
    search = [PYTHON.parent, os.environ["PATH"]]
    if "PGHOST" in extra:
        search.append(servers.postgres_binaries())  # psql and pg_dump of the version that runs
    return {**defaults, **os.environ, **extra, "PATH": os.pathsep.join(map(str, search))}


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
    """Any command with servers and environment: throw-away ones (1 s), those of the demo, or of the bench."""
    command = _rest(options)
    if not command:
        raise Stop("Say what to run: python3 -m local run -- .venv/bin/python manage.py shell")
    home = demo_home() if options.demo else bench_home() if options.bench else None
    shared = servers.joined(home) if home else None
    if shared is not None:
        return attend(command, shared)
    with servers.running(home) as extra:
        return attend(command, extra)


def test(options):
    """The whole test suite, or what the arguments choose, on servers that are thrown away."""
    setup.install("dev")
    chosen = browser.environment()
    note(f"The browser is {chosen['CHROMIUM']}")
    with contextlib.ExitStack() as stack:
        with step("Starting PostgreSQL and Valkey"):
            extra = stack.enter_context(servers.running())
        for name in ("DEBUG", "DEMO", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL", "SECRET_KEY"):
            os.environ.pop(name, None)  # a test may not depend on what somebody's shell says
        command = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *_rest(options)]
        return attend(command, extra | chosen)


def install(options):
    """Only the installing."""
    setup.install(options.packages)
    if options.front_end_linters:
        setup.install_front_end(everything=True)
    return 0


def lock(options):
    """Writes requirements/*.txt, or with --check stops when they are out of date."""
    start_log()
    locks.check() if options.check else locks.lock(options.upgrade)
    return 0


def npm(options):
    """Runs npm with the Node that is found here, or with the one from a wheel."""
    path, command = setup.node()
    search = f"{os.path.dirname(path)}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [*map(str, command), *_rest(options)], cwd=ROOT, env={**os.environ, "PATH": search}, check=False
    ).returncode


def _rest(options):
    """The arguments for another program, without the -- before them."""
    return options.command[1:] if options.command[:1] == ["--"] else options.command


def parse():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python3 -m local", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name, go):
        adding = commands.add_parser(name, help=go.__doc__.strip().splitlines()[0], description=go.__doc__)
        adding.set_defaults(go=go)
        return adding

    add("demo", demo.demo)
    add("demo-reset", demo.reset)
    add("bench-data", bench.load)
    add("bench", bench.bench).add_argument("--only", default="", help="only what has this in its name")
    measuring = add("bench-matcher", matcher_bench.bench)
    measuring.add_argument("--towns", type=int, help="only the first so many; then the report stays as it is")
    add("test", test).add_argument("command", nargs=argparse.REMAINDER)
    running = add("run", run)
    running.add_argument(
        "--demo", action="store_true", help="with the demo's data instead of an empty database"
    )
    running.add_argument("--bench", action="store_true", help="with the large town that speed is measured in")
    running.add_argument("command", nargs=argparse.REMAINDER)
    installing = add("install", install)
    installing.add_argument("packages", nargs="?", choices=["demo", "dev"], default="dev")
    installing.add_argument(
        "--front-end-linters", action="store_true", help="also what only api-lint and spelling need"
    )
    add("npm", npm).add_argument("command", nargs=argparse.REMAINDER)
    locking = add("lock", lock)
    locking.add_argument(
        "--check", action="store_true", help="write nothing, stop when a lock is out of date"
    )
    locking.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows"
    )
    return parser.parse_args()


def main():
    options = parse()
    processes.on_term()
    try:
        sys.exit(options.go(options))
    except KeyboardInterrupt:
        print("\n• Stopped", file=sys.stderr)
        sys.exit(130)
    except PermissionError as error:
        raise Stop(f"You may not use {error.filename}: work in a checkout of your own.") from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise Stop(f"The disk is full: {error.filename} cannot be written. About 1 GB is needed.") from None


main()
