"""Makes and checks requirements/*.txt: every package, every version, every hash, and no registry address."""

import hashlib
import json
import subprocess
import tempfile
import tomllib
from pathlib import Path

from local.places import ROOT, VENV, Stop
from local.setup import REQUIREMENTS
from local.steps import note, step

UV = VENV / "bin" / "uv"
# The widest first: the others take its versions, so that one environment can hold them all.
LOCKS = {"dev": ["dev"], "demo": ["demo"], "runtime": [], "installer": ["installer"], "node": ["node"]}
ALONE = {"installer", "node"}  # not the project itself: only what the extra names
OPTIONS = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
]
HEADER = "# Made by `make lock` from pyproject.toml, whose dependencies hash to {}.\n"


def asked():
    """A hash of the dependencies that pyproject.toml asks for, whatever its comments and its other tables."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    tables = [project["requires-python"], project["dependencies"], project["optional-dependencies"]]
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def _compile(name, folder, upgrade):
    """The text of one lock, with the versions of the present one; None when no registry can be reached."""
    target = folder / f"{name}.txt"
    present = REQUIREMENTS / target.name
    if present.exists() and not upgrade:
        target.write_text(present.read_text())
    command = [UV, "pip", "compile", *OPTIONS, "-o", target]
    if name in ALONE:
        extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][name]
        source = folder / f"{name}.in"
        source.write_text("\n".join(extra) + "\n")
        command += ["--no-annotate", source]
    else:
        command += [part for extra in LOCKS[name] for part in ("--extra", extra)]
        command += ["-c", folder / "dev.txt"] if name != "dev" else []
        command += ["--annotation-style", "line", "pyproject.toml"]
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip()
        if "error sending request" in said or "dns error" in said or "network" in said.lower():
            return None
        raise Stop(f"uv cannot make requirements/{name}.txt: {said}")
    lines = [line.replace(f"{folder}/", "") for line in target.read_text().splitlines(keepends=True)]
    return HEADER.format(asked()) + "".join(line for line in lines if not line.startswith("# Made by"))


def _all(upgrade=False):
    """Every lock as it should be: name → text (None when the registry cannot be reached)."""
    with tempfile.TemporaryDirectory() as folder:
        return {name: _compile(name, Path(folder), upgrade) for name in LOCKS}


def lock(upgrade=False):
    """Writes all locks; `upgrade` takes the newest versions that pyproject.toml allows."""
    REQUIREMENTS.mkdir(exist_ok=True)
    with step("Locking the Python packages"):
        texts = _all(upgrade)
        if None in texts.values():
            raise Stop("The package registry cannot be reached: try again later.")
        for name, text in texts.items():
            (REQUIREMENTS / f"{name}.txt").write_text(text)


def check():
    """Stops unless every lock is what `make lock` would write; without a registry, by the recorded hash."""
    wanted = HEADER.format(asked())
    for name in LOCKS:
        path = REQUIREMENTS / f"{name}.txt"
        if not path.exists() or not path.read_text().startswith(wanted):
            raise Stop(f"requirements/{name}.txt is older than pyproject.toml: run `make lock`.")
    texts = _all()
    if None in texts.values():
        note("The package registry cannot be reached: only the recorded hash of the locks was compared")
        return
    for name, text in texts.items():
        if (REQUIREMENTS / f"{name}.txt").read_text() != text:
            raise Stop(f"requirements/{name}.txt is not what pyproject.toml gives: run `make lock`.")
