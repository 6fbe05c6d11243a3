"""The launcher's servers: real processes, started, killed and cleaned up."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from local import places, processes, servers

ROOT = places.ROOT


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """The tests themselves run on servers of the launcher: forget about those."""
    for name in ("DATABASE_URL", "REDIS_URL", "PGHOST", "PGUSER", "PGDATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home():
    """A folder for lasting data that the servers' user can reach (as root, pytest's own folder is closed)."""
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=places.SHORT))
    folder.chmod(0o711)
    yield folder / "demo"
    shutil.rmtree(folder)


def sql(environment, *statements):
    """What psql prints for these statements."""
    command = [servers.postgres_binaries() / "psql", "-XAtq"]
    command += [part for statement in statements for part in ("-c", statement)]
    env = {**servers.PLAIN_ENVIRONMENT, **environment}
    return subprocess.run(
        command, env=env, cwd="/", capture_output=True, text=True, check=True
    ).stdout.split()


def processes_about(text):
    """The numbers of the running processes whose command line holds the text."""
    numbers = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [number for number in numbers if text in processes.command_line(number)]


def bind_of(environment):
    """The folder in /tmp that belongs to these servers."""
    return Path(environment["PGHOST"]).parent


def eventually(condition, seconds=10):
    """Whether the condition holds within that time."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return bool(condition())


def test_servers_come_with_our_extensions_and_go_without_a_trace():
    with servers.running() as environment:
        made = [f"CREATE EXTENSION {name}" for name in ("pg_trgm", "unaccent", "btree_gist")]
        assert sql(environment, *made, "SELECT lower('ÉÉN')", "SHOW listen_addresses") == ["één"]
        assert len(processes_about(str(bind_of(environment)))) == 2
    assert not bind_of(environment).exists()
    assert not processes_about(str(bind_of(environment)))


def test_no_port_is_opened_and_socket_paths_stay_short():
    with servers.running() as environment:
        listeners = Path("/proc/net/unix").read_text()
        path = urlsplit(environment["REDIS_URL"]).path
        assert path in listeners
        assert len(path) < 100
        assert sql(environment, "SELECT count(*) FROM pg_settings WHERE name = 'port'") == ["1"]
        with socket.socket() as line, pytest.raises(OSError, match="refused"):
            line.connect(("127.0.0.1", 5432))


def test_files_of_a_run_that_is_thrown_away_are_too():
    with servers.running() as environment:
        folders = [Path(environment[name]) for name in ("STATIC_ROOT", "MEDIA_ROOT")]
        assert all(folder.is_dir() and not list(folder.iterdir()) for folder in folders)
    assert not any(folder.exists() for folder in folders)


def test_nobody_else_can_reach_the_sockets():
    with servers.running() as environment:
        assert Path(environment["PGHOST"]).stat().st_mode & 0o077 == 0


def test_the_servers_never_run_as_root():
    with servers.running() as environment:
        found = processes_about(str(bind_of(environment)))
        assert {Path(f"/proc/{number}").stat().st_uid for number in found} & {0} == set()


def test_two_at_once_do_not_meet():
    with servers.running() as one, servers.running() as other:
        sql(one, "CREATE TABLE mine (n int)")
        assert sql(other, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == ["0"]


def test_a_url_from_the_environment_wins(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere/0")
    with servers.running() as environment:
        assert {"DATABASE_URL", "REDIS_URL", "PGHOST"}.isdisjoint(environment)


def test_lasting_data_stay_and_are_written_durably(home):
    with servers.running(home) as environment:
        sql(environment, "CREATE TABLE kept AS SELECT 42 AS n")
        assert (
            sql(environment, "SHOW fsync", "SHOW synchronous_commit", "SHOW full_page_writes") == ["on"] * 3
        )
    with servers.running(home) as environment:
        assert sql(environment, "SELECT n FROM kept") == ["42"]


def test_lasting_data_belong_to_one_at_a_time_and_can_be_joined(home, capsys):
    assert servers.joined(home) is None
    with servers.running(home) as environment:
        assert servers.joined(home) == environment
        with pytest.raises(SystemExit), servers.running(home):
            pass
        assert "Somebody is using the data" in capsys.readouterr().err
        assert sql(environment, "SELECT 1") == ["1"]
    assert servers.joined(home) is None


def test_data_of_another_postgresql_are_left_alone(home, capsys):
    with servers.running(home):
        pass
    (home / "pg" / "PG_VERSION").write_text("14\n")
    with pytest.raises(SystemExit), servers.running(home):
        pass
    assert "demo-reset" in capsys.readouterr().err


def test_a_stale_pid_file_does_not_block_the_start_nor_kill_a_stranger(home):
    with servers.running(home):
        pass
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (home / "pg" / "postmaster.pid").write_text(f"{stranger.pid}\n{home / 'pg'}\n")
        with servers.running(home) as environment:
            assert sql(environment, "SELECT 1") == ["1"]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_orphan_on_the_data_is_ended_first(home, monkeypatch):
    with servers.running(home):
        pass
    user, log = servers.server_user(), (home / "orphan.log").open("w")
    monkeypatch.setattr(processes, "_LIBC", None)  # as on a machine where children outlive a killed launcher
    sockets = home / "s"
    places.make(sockets, owner=user)
    orphan = servers._postgres(home, sockets, [], user)
    log.close()
    with servers.running(home) as environment:
        assert sql(environment, "SELECT 1") == ["1"]
        assert orphan.wait(5) is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_launcher_that_is_ended_takes_everything_with_it(number):
    command = [sys.executable, "-m", "local", "run", "--", "sh", "-c", "echo $PGHOST; exec sleep 300"]

    def listen():  # these tests themselves may run under nohup
        signal.signal(number, signal.SIG_DFL)

    ready = None if number == signal.SIGKILL else listen
    launcher = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=ready)
    bind = Path(launcher.stdout.readline().strip()).parent
    assert len(processes_about(str(bind))) >= 2
    launcher.send_signal(number)
    code = launcher.wait(60)
    launcher.stdout.close()
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    assert eventually(lambda: not processes_about(str(bind)))
    if number == signal.SIGKILL:  # nobody was left to remove the folder: the next run does, after a minute
        os.utime(bind, (0, 0))
        servers.sweep()
    assert not bind.exists()


def test_sweeping_leaves_alone_what_is_in_use():
    with servers.running() as environment:
        os.utime(bind_of(environment), (0, 0))
        servers.sweep()
        assert sql(environment, "SELECT 1") == ["1"]


def test_the_exit_code_is_that_of_the_command():
    command = [sys.executable, "-m", "local", "run", "--", "sh", "-c", "exit 7"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7


def test_an_unknown_command_is_one_sentence():
    command = [sys.executable, "-m", "local", "run", "--", "no-such-command"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "no-such-command" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_ordinary_user_can_run_them_too(monkeypatch):
    """As root: in a child that has become `nobody`. An ordinary user did this in all the tests above."""
    if not places.AS_ROOT:
        with servers.running() as environment:
            assert sql(environment, "SELECT 1") == ["1"]
        return
    binaries, valkey, nobody = servers.postgres_binaries(), servers.valkey_binary(), pwd.getpwnam("nobody")
    monkeypatch.setattr(servers, "postgres_binaries", lambda: binaries)  # our .venv may be in a closed home
    monkeypatch.setattr(servers, "valkey_binary", lambda: valkey)
    monkeypatch.setattr(places, "AS_ROOT", False)
    monkeypatch.setattr(servers, "AS_ROOT", False)
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            os._exit(_as(nobody))
        traceback.print_exc()
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def _as(user):
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    with servers.running() as environment:
        good = sql(environment, "SELECT 1") == ["1"]
        found = processes_about(str(bind_of(environment)))
        good = good and {Path(f"/proc/{number}").stat().st_uid for number in found} == {user.pw_uid}
    return 0 if good and not bind_of(environment).exists() else 1
