"""What `make demo` says and does when something is wrong, and how it looks after its children."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from local import demo, places, processes

FOREVER = "import time; time.sleep(300)"


@pytest.fixture
def crew():
    """Makes crews of small Python programs, and stops them."""
    made = []

    def make(**programs):
        members = [demo.Child(name, [sys.executable, "-c", text]) for name, text in programs.items()]
        made.append(demo.Crew(members, dict(os.environ)))
        for child in members:
            made[-1].start(child)
        return made[-1]

    yield make
    for each in made:
        each.stop()


def turns(crew, until, seconds=10):
    """Lets the crew go on until something is so."""
    late = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < late
        crew.turn(0.05)


def test_a_port_in_use_is_one_line_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        began = time.monotonic()
        env = {**os.environ, "PORT": str(port)}
        command = [sys.executable, "-m", "local", "demo"]
        done = subprocess.run(command, cwd=places.ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert "PORT=" in done.stderr
    assert done.stdout == ""
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("port", ["no", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused(port, monkeypatch, capsys):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit):
        demo.chosen_port()
    assert port in capsys.readouterr().err


def test_a_child_that_stops_at_once_ends_the_demo_with_its_last_words(crew, capsys):
    small = crew(web=FOREVER, worker="import sys; sys.exit('the broker is a teapot')")
    with pytest.raises(SystemExit):
        turns(small, lambda: False)
    assert "the broker is a teapot" in capsys.readouterr().err


def test_a_child_that_stops_later_starts_again_ever_more_slowly(crew, capsys, monkeypatch):
    monkeypatch.setattr(demo, "SETTLED", 0)
    small = crew(web=FOREVER, beat=FOREVER)
    beat = small.members[1]
    first = beat.process.pid
    beat.process.kill()
    turns(small, lambda: beat.due is not None)
    assert beat.pause == 2 * demo.FIRST_PAUSE
    turns(small, lambda: beat.due is None)
    assert beat.process.pid != first
    assert "The beat stopped" in capsys.readouterr().out


def test_what_children_print_is_shown_with_their_name(crew, capsys):
    small = crew(relay="print('een mail', flush=True); " + FOREVER)
    turns(small, lambda: small.members[0].last)
    assert capsys.readouterr().out == ""  # not in the middle of the line that says what is starting
    small.speak()
    assert " relay | een mail" in capsys.readouterr().out


def test_stopping_takes_grandchildren_and_the_stubborn_along(crew, monkeypatch):
    monkeypatch.setattr(demo, "PATIENCE", 0.5)
    grandchild = "import subprocess; print(subprocess.Popen(['sleep', '300']).pid, flush=True); "
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    small = crew(web=stubborn + grandchild + FOREVER)
    turns(small, lambda: small.members[0].last)
    number = int(small.members[0].last[0])
    small.stop()
    assert small.members[0].process.returncode == -signal.SIGKILL
    late = time.monotonic() + 5  # a killed process needs a moment to be gone
    while "sleep" in processes.command_line(number) and time.monotonic() < late:
        time.sleep(0.05)
    assert "sleep" not in processes.command_line(number)


def test_the_secret_key_is_made_once_and_private(tmp_path):
    first = demo.secret(tmp_path)
    assert len(first) > 50
    assert demo.secret(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_reset_leaves_a_database_of_your_own_alone(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    with pytest.raises(SystemExit):
        demo.reset(None)
    assert "stays as it is" in capsys.readouterr().err


def test_a_reset_waits_for_nobody(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(demo, "demo_home", lambda: tmp_path / "demo")
    demo.reset(None)
    assert "are gone" in capsys.readouterr().err
    (tmp_path / "demo").mkdir()
    with processes.lock(tmp_path / "demo" / "lock"), pytest.raises(SystemExit):
        demo.reset(None)
    assert (tmp_path / "demo").exists()
    demo.reset(None)
    assert not (tmp_path / "demo").exists()
