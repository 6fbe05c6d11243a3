"""publiccode.yml says what version 0.7 of the standard asks, and the same as the rest of the project."""

import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAPER = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MANDATORY = [
    ("publiccodeYmlVersion",),
    ("name",),
    ("url",),
    ("platforms",),
    ("developmentStatus",),
    ("softwareType",),
    ("organisation", "uri"),
    ("description",),
    ("legal", "license"),
    ("maintenance", "type"),
    ("maintenance", "contacts"),
    ("localisation", "localisationReady"),
    ("localisation", "availableLanguages"),
]
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    "standalone/mobile",
    "standalone/iot",
    "standalone/desktop",
    "standalone/web",
    "standalone/backend",
    "standalone/other",
    "addon",
    "library",
    "configurationFiles",
}


@pytest.mark.parametrize("path", MANDATORY, ids=".".join)
def test_key_is_there(path):
    value = PAPER
    for key in path:
        value = value[key]
    assert value not in (None, "", [], {})


def test_values_are_those_of_the_standard():
    assert PAPER["publiccodeYmlVersion"] == "0.7"
    assert PAPER["developmentStatus"] in STATUSES
    assert PAPER["softwareType"] in TYPES
    assert PAPER["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(contact["name"] for contact in PAPER["maintenance"]["contacts"])


@pytest.mark.parametrize("language", PAPER["description"])
def test_descriptions_are_as_long_as_they_may_be(language):
    told = PAPER["description"][language]
    assert 0 < len(told["shortDescription"]) <= 150
    assert 150 <= len(told["longDescription"]) <= 10_000
    assert all(0 < len(feature) <= 100 for feature in told["features"])


def test_it_agrees_with_the_project():
    assert PAPER["softwareVersion"] == PROJECT["version"]
    assert PAPER["legal"]["license"] == PROJECT["license"]
    assert PAPER["description"]["nl"]["shortDescription"].rstrip(".") == PROJECT["description"]
