"""Starting and stopping processes so that none is ever left behind."""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def start(command, *, env=None, cwd="/", out=None, user=None, parting=signal.SIGTERM, session=True):
    """The started process. It gets `parting` when we die, even by SIGKILL (on Linux; elsewhere see `sweep`).

    `session=False` leaves it in our process group, so that it may read the terminal and gets Ctrl-C itself.
    """

    def die_with_parent():
        if _LIBC:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(parting))

    who = {"user": user[1], "group": user[2], "extra_groups": []} if user else {}
    return subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL if session else None,
        stdout=out,
        stderr=subprocess.STDOUT if out is not None else None,
        start_new_session=session,
        preexec_fn=die_with_parent,  # safe: the launcher has no threads
        **who,
    )


def stop(process, *signals, patience=10):
    """Ends a process started with its own session: each signal in turn, then SIGKILL for its whole group."""
    for number in signals or (signal.SIGTERM,):
        if process.poll() is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def command_line(pid):
    """What process `pid` was started as, or "" when there is none (or none that we may see)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def end_orphan(pidfile, mark, *signals):
    """Ends the process named in `pidfile` if its command line holds `mark`: numbers are used again."""
    try:
        pid = int(pidfile.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    for number in (*signals, signal.SIGKILL):
        if mark not in command_line(pid):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        until = time.monotonic() + 5
        while mark in command_line(pid) and time.monotonic() < until:
            time.sleep(0.05)


def lock(path, patience=0.0):
    """An open, locked file, or None while another process holds it for `patience` seconds.

    The lock ends with our process, however that ends: children do not inherit it.
    """
    file = open(path, "a+")  # noqa: SIM115 - stays open as long as the lock is held
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                file.close()
                return None
            time.sleep(0.1)
        else:
            return file


def wait_for_lock(path, notice):
    """A locked file; prints `notice` once while another process holds it."""
    held = lock(path)
    if not held:
        print(notice, flush=True)
    while not held:
        held = lock(path, patience=60)
    return held


def on_term():
    """Lets SIGTERM and SIGHUP unwind like an ordinary exit, so that every `finally` runs."""

    def leave(number, frame):
        for each in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup asks to stay
        signal.signal(signal.SIGHUP, leave)
