"""Where the launcher keeps things, and which system user its servers run as."""

import hashlib
import os
import pwd
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PRIVATE = ROOT / ".local"  # ours, inside the checkout: locks, stamps, logs, and (not as root) the demo's data
SHARED = Path(
    "/var/lib/initiatiefwijzer"
)  # as root: PostgreSQL refuses root, and its user must be able to read this
SHORT = Path("/tmp")  # socket paths may not pass 104 characters, so never TMPDIR, which can be long
AS_ROOT = os.geteuid() == 0


class Stop(SystemExit):
    """Ends the launcher with one sentence that says what is wrong and what to do."""

    def __init__(self, sentence):
        print(f"\n✗ {sentence}", file=sys.stderr, flush=True)
        super().__init__(1)


def server_user():
    """The system user for the servers when root runs us: (name, uid, gid). None means: just be yourself."""
    if not AS_ROOT:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_name, entry.pw_uid, entry.pw_gid
    raise Stop(
        "PostgreSQL refuses root, and there is no user `postgres` or `nobody`: add one, or don't be root."
    )


def demo_home():
    """The folder of this checkout's demo data; as root outside it, so that nobody's home is opened up."""
    return _home("demo", "")


def bench_home():
    """The folder of the large town that speed is measured in; never the demo's."""
    return _home("bench", "-bench")


def _home(name, ending):
    if not AS_ROOT:
        return PRIVATE / name
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return SHARED / f"{ROOT.name}-{mark}{ending}"


def make(folder, mode=0o700, owner=None):
    """The folder, made with exactly this mode whatever the umask; `owner` is (name, uid, gid) or None."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(mode)
    if owner:
        os.chown(folder, owner[1], owner[2])
    return folder
