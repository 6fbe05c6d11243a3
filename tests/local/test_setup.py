"""What the launcher installs, from which locks, and what it says when it can't."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
from django.conf import settings

from local import browser, locks, places, processes, setup

ROOT = places.ROOT
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pins(name):
    """The packages in a lock: {(name, marker): version}."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    lines = re.findall(r"^([\w.-]+(?:\[[^\]]+\])?)==(\S+)(?: ; (.*?))? \\$", text, re.MULTILINE)
    return {(package.lower(), marker): version for package, version, marker in lines}


def test_every_lock_was_made_from_this_pyproject():
    wanted = locks.HEADER.format(locks.asked())
    assert {path.name for path in LOCKS} == {f"{name}.txt" for name in locks.LOCKS}
    assert all(path.read_text().startswith(wanted) for path in LOCKS)


def test_one_environment_can_hold_all_locks():
    assert pins("runtime").items() <= pins("demo").items() <= pins("dev").items()


def test_locks_hold_hashes_and_no_address():
    for path in LOCKS:
        text = path.read_text()
        assert not re.search(r"https?:|file:|index-url|find-links|(?<![\w.-])/(?:\w+/)", text), path.name
        assert len(re.findall("==", re.sub(r";.*", "", text))) <= text.count("--hash=sha256:"), path.name


@pytest.mark.parametrize("path", ["package-lock.json", "local/chromium/package-lock.json"])
def test_npm_locks_hold_hashes_and_no_address(path):
    packages = json.loads((ROOT / path).read_text())["packages"]
    assert not [name for name, about in packages.items() if "resolved" in about]
    assert all("integrity" in about for name, about in packages.items() if name)


def test_the_servers_are_not_in_the_production_lock():
    named = {package for package, _ in pins("runtime")}
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["demo"]
    assert named.isdisjoint(line.split("==")[0] for line in extra)


def test_installing_again_does_nothing():
    done = [sys.executable, "-m", "local", "install", "dev"]
    subprocess.run(done, cwd=ROOT, check=True, capture_output=True)
    assert subprocess.run(done, cwd=ROOT, check=True, capture_output=True, text=True).stdout == ""


def test_what_is_installed_is_what_the_lock_says():
    locked = {package: version for (package, marker), version in pins("dev").items() if not marker}
    wrong = {
        package: metadata.version(package)
        for package, version in locked.items()
        if metadata.version(package) != version
    }
    assert wrong == {}


def test_a_browser_that_does_not_start_is_named(monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(SystemExit):
        browser.ensure()
    assert "CHROMIUM=/no/such/browser" in capsys.readouterr().err


def test_a_name_on_the_path_that_is_no_browser_is_passed_by(monkeypatch, tmp_path):
    hint = tmp_path / "chromium-browser"  # what Ubuntu has: a script that says to use something else
    hint.write_text("#!/bin/sh\nexit 1\n")
    hint.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "OURS", tmp_path / "nothing")
    assert browser.find() is None


def test_an_old_node_is_passed_by(monkeypatch, tmp_path):
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.20.0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert setup._system_node() is None


def test_an_old_python_is_told_which_one_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (9, 0))
    with pytest.raises(SystemExit):
        setup.make_environment()
    assert "3.11" in capsys.readouterr().err


def test_who_comes_second_waits_for_the_lock(tmp_path, capsys):
    first = processes.lock(tmp_path / "lock")
    assert processes.lock(tmp_path / "lock") is None
    first.close()
    processes.wait_for_lock(tmp_path / "lock", "waiting").close()
    assert capsys.readouterr().out == ""


def test_the_image_gets_every_app():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    wanted = [app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()] + [
        "dutch",
        "templates",
        "static",
    ]
    assert [app for app in wanted if f"!{app}" not in lines] == []


def test_the_launcher_needs_nothing_but_the_standard_library():
    later = {"pictures.py"}  # runs in .venv, once everything is there
    text = "\n".join(path.read_text() for path in (ROOT / "local").glob("*.py") if path.name not in later)
    names = set(re.findall(r"^\s*(?:import|from) (\w+)", text, re.MULTILINE))
    assert names - set(sys.stdlib_module_names) == {"local"}


def test_every_command_in_the_makefile_exists():
    make = shutil.which("make")
    assert make
    said = subprocess.run([make, "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in said.splitlines()} >= {"demo", "demo-reset", "test", "check", "lock"}
