"""One line per step: what happens, and how long it took."""

import contextlib
import subprocess
import sys
import time

from local.places import PRIVATE, ROOT, Stop, make

LOG = PRIVATE / "setup.log"


@contextlib.contextmanager
def step(what):
    """Prints what happens now, and afterwards how long it took."""
    began = time.monotonic()
    print(f"• {what} … ", end="", flush=True)
    try:
        yield
    except BaseException:
        print("✗", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def note(sentence):
    """Prints one line about something that took no time."""
    print(f"• {sentence}", flush=True)


def start_log():
    """An empty log for this run."""
    make(PRIVATE)
    LOG.write_text("")


def quietly(command, *, env=None, cwd=ROOT):
    """Runs a command with its output in the log; whether it succeeded."""
    command = [str(part) for part in command]
    make(PRIVATE)
    with open(LOG, "ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        try:
            done = subprocess.run(
                command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            )
        except OSError as error:
            log.write(f"{error}\n".encode())
            return False
    return done.returncode == 0


def must(command, sentence, **more):
    """Runs a command with its output in the log; stops with `sentence` and the log's end when it fails."""
    if not quietly(command, **more):
        print("", file=sys.stderr)
        last = [line for line in LOG.read_text(errors="replace").splitlines() if line.strip()][-8:]
        print("\n".join(f"    {line}" for line in last), file=sys.stderr)
        raise Stop(f"{sentence} (All output: {LOG.relative_to(ROOT)})")
