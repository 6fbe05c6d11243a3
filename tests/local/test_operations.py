"""docs/operations.md tells the truth about names: of the environment, of commands, of compose services."""

import re
import runpy

import pytest
import yaml

from local import demo, places

ROOT = places.ROOT
TEXT = (ROOT / "docs" / "operations.md").read_text()
SETTINGS = (ROOT / "initiatiefwijzer" / "settings.py").read_text()
GUNICORN = (ROOT / "deploy" / "gunicorn.conf.py").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def table(after):
    """The rows of the first table after a sentence: name -> default, both without their backticks."""
    rows = TEXT[TEXT.index(after) :].split("\n\n")[1 if after.startswith("For") else 2].splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {name.strip("`"): default.strip("`") for name, default, _ in cells}


def read_in(source):
    """The names of the environment that a file reads."""
    return set(re.findall(r"""(?:env(?:\.\w+)?|required|os\.environ\.get)\(\s*"([A-Z_]+)\"""", source))


def test_every_name_of_the_environment_is_in_the_table_and_no_other():
    assert set(table("## The environment")) == read_in(SETTINGS)


def test_what_must_be_set_is_what_stops_the_start():
    must = {name for name, default in table("## The environment").items() if default == "must be set"}
    assert must == set(re.findall(r'required\("([A-Z_]+)"', SETTINGS))


def test_the_names_for_the_web_server_too():
    assert set(table("For the web server")) == read_in(GUNICORN) - read_in(SETTINGS)


@pytest.mark.parametrize("name", ["BASE_URL", "REDIS_URL", "EMAIL_URL", "FROM_EMAIL", "LOG_LEVEL"])
def test_defaults_are_those_of_the_settings(name):
    assert f'"{table("## The environment")[name]}"' in SETTINGS


def test_what_the_demo_sets_exists(tmp_path, monkeypatch):
    for name in read_in(SETTINGS):
        monkeypatch.delenv(name, raising=False)
    named = set(demo.settings(tmp_path, 8000, {})) & {
        "SECRET_KEY",
        "DEMO",
        "BASE_URL",
        "ALLOWED_HOSTS",
        "EMAIL_URL",
    }
    assert len(named) == 5
    assert named <= read_in(SETTINGS)


def test_what_compose_sets_exists():
    known = read_in(SETTINGS) | read_in(GUNICORN)
    example = (ROOT / "deploy" / ".env.example").read_text()
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))
    assert set(COMPOSE["x-app"]["environment"]) <= known
    assert named - {"POSTGRES_PASSWORD", "HTTP_PORT"} <= known
    assert read_in(SETTINGS) & {"SECRET_KEY", "BASE_URL"} <= named


def test_compose_runs_what_the_demo_runs_and_opens_one_port():
    services = COMPOSE["services"]
    assert {"proxy", "web", "worker", "beat", "relay", "db", "redis"} <= set(services)
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert all("healthcheck" in service for name, service in services.items() if name != "web")
    assert all(
        "latest" not in service["image"].partition("initiatiefwijzer")[0] for service in services.values()
    )
    assert "synchronous_commit=on" in services["db"]["command"]


@pytest.mark.parametrize("name", sorted(set(re.findall(r"make ([a-z][a-z-]+)", TEXT))))
def test_every_make_command_named_exists(name):
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    ("header", "address"),
    [("203.0.113.9", "203.0.113.9"), ("6.6.6.6, 203.0.113.9", "203.0.113.9"), ("", "10.0.0.2")],
)
def test_behind_the_proxy_the_visitor_is_who_the_proxy_says(header, address):
    asked = []
    found = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["with_visitor_address"]
    environ = {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": header}
    found(lambda given, start: asked.append(given["REMOTE_ADDR"]))(environ, None)
    assert asked == [address]


@pytest.mark.parametrize(
    ("said", "believed"), [("1", "*"), ("true", "*"), ("0", "127.0.0.1"), ("", "127.0.0.1")]
)
def test_only_a_yes_makes_gunicorn_believe_a_proxy(said, believed, monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", said)
    assert runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))["forwarded_allow_ips"] == believed
