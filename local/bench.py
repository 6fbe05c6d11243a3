"""Measures how fast the site is with a hundred thousand initiatives, beside pages with nothing around them.

Only addresses of this machine, in rounds of a few seconds; the outcome goes to docs/performance.md.
"""

import contextlib
import json
import os
import platform
import re
import statistics
import subprocess
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from local import processes, servers, setup, site
from local.places import PYTHON, ROOT, Stop, bench_home
from local.steps import must, start_log, step

REPORT = ROOT / "docs" / "performance.md"
MARK = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)
ROUNDS, SECONDS, CLIENTS, WORKERS = 7, 2, 4, 2
PLAN = "IW-2026-100000"
WORD, COMMON = "moestuin", "buren"
ASKED = {
    "omschrijving": "Ik wil met ouderen uit de flat een moestuin beginnen zodat minder mensen alleen zijn."
}
TYPED = {
    "title": "Moestuin+achter+de+flat",
    "story": "Wij+willen+met+de+buren+een+moestuin+beginnen.",
    "email": "iemand{number}@bench.example",
}
COUNCIL = "raadslid@bench.example"


@dataclass(frozen=True)
class Row:
    """What is measured: a request of ours, the bare page beside it, and the bar."""

    name: str
    path: str
    bare: str = ""
    bar: str = ""
    method: str = "GET"
    headers: dict = field(default_factory=dict)
    body: str = ""
    form: dict = field(default_factory=dict)
    status: int = 200
    council: bool = False


JSON = {"Content-Type": "application/json"}
ROWS = [
    Row("list", "/initiatieven/", "/lijst", "0.4"),
    Row("list, last page", "/initiatieven/?pagina=50", "/lijst?pagina=4000", "as the first"),
    Row("search, a word of 1 in 100", f"/initiatieven/?zoek={WORD}", f"/lijst?zoek={WORD}", "0.4"),
    Row("search, a word of nearly all", f"/initiatieven/?zoek={COMMON}", f"/lijst?zoek={COMMON}", "0.4"),
    Row("one initiative", f"/initiatieven/{PLAN}/", f"/een/{PLAN}", "0.15"),
    Row("API list", "/api/v1/initiatieven", "/json", "0.4"),
    Row("API list, far on", "/api/v1/initiatieven?na={far}", "/json?pagina=4000", "as the first"),
    Row("API search", f"/api/v1/initiatieven?zoek={WORD}", f"/json?zoek={WORD}", "0.4"),
    Row("API, one initiative", f"/api/v1/initiatieven/{PLAN}"),
    Row("goals", "/doelen/"),
    Row("home", "/"),
    Row("wegwijzer, page", "/wegwijzer/", method="POST",
        body="omschrijving=" + ASKED["omschrijving"].replace(" ", "+"),
        headers={"Content-Type": "application/x-www-form-urlencoded"}),
    Row("wegwijzer, API", "/api/v1/wegwijzer", method="POST", body=json.dumps(ASKED), headers=JSON),
    Row("registration (form and sending)", "/initiatieven/nieuw/", form=TYPED, status=302),
    Row("council", "/raad/", bar="p95 < 100 ms", council=True),
    Row("council, one word", "/raad/?zoek=eenzaamheid", bar="p95 < 100 ms", council=True),
    Row("council, one state", "/raad/?staat=in-gesprek", bar="p95 < 100 ms", council=True),
    Row("council, a year", "/raad/?van=2026-01", bar="p95 < 100 ms", council=True),
    Row("council, API", "/api/v1/statistieken", bar="p95 < 100 ms", council=True),
]  # fmt: skip


def load(options):
    """A large made-up town in a database of its own; made once and kept."""
    setup.install("dev")
    with _database() as env:
        _fill(env)
    return 0


def bench(options):
    """Measures, prints the table and writes it into docs/performance.md."""
    setup.install("dev")
    chosen = [row for row in ROWS if not options.only or options.only in row.name]
    with _database() as env:
        _fill(env)
        start_log()
        with (
            _serving(env, "initiatiefwijzer.wsgi", "site") as ours,
            _serving(
                env | {"DJANGO_SETTINGS_MODULE": "initiatiefwijzer.bench.settings"},
                "initiatiefwijzer.wsgi",
                "bare",
            ) as bare,
        ):
            looked = _look(env, chosen)
            database = int((Path(env["BENCH_HOME"]) / "pg" / "postmaster.pid").read_text().split()[0])
            sides = [Side(port, (web.pid, database)) for port, web in (ours, bare)]
            found = [_measure(row, *sides, looked) for row in chosen]
            memory = _memory(ours[1])
    table = _table(found, memory)
    print(f"\n{table}")
    if not options.only:
        REPORT.write_text(
            MARK.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", REPORT.read_text("utf-8"))
        )
    return 0


# The town and the servers ------------------------------------------------------------------------------
@contextlib.contextmanager
def _database():
    """The environment of everything that is started, on the bench's own data."""
    if os.environ.get("DATABASE_URL"):
        raise Stop("DATABASE_URL is set: the bench only measures in a database of its own. Unset it.")
    home = bench_home()
    joined = servers.joined(home)
    with contextlib.nullcontext(joined) if joined else servers.running(home) as extra:
        folder = home / "site"
        folder.mkdir(exist_ok=True)
        yield {
            **os.environ,
            **extra,
            **settings(folder / "static", folder / "media"),
            "BENCH_HOME": str(home),
        }


def settings(static, media):
    """What a measured process reads, as in production."""
    return {
        "SECRET_KEY": "only-for-the-bench",
        "BASE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(static),
        "MEDIA_ROOT": str(media),
        "DEBUG": "0",
        "DEMO": "0",
        "BEHIND_PROXY": "1",  # the load asks from many addresses, as many people do
        "WEB_WORKERS": str(WORKERS),
        **dict(re.findall(r"(MALLOC_\w+)=(\d+)", (ROOT / "Dockerfile").read_text("utf-8"))),  # as it is run
    }


def _fill(env):
    """The tables, the town (once) and the static files."""
    done = Path(env["BENCH_HOME"]) / "loaded"
    with step("Making the tables"):
        manage(env, "migrate", "--no-input")
    if not done.exists():
        with step("Making up a large town (a minute or two)"):
            manage(env, "bench_data")
        done.touch()
    with step("Collecting the static files"):
        manage(env, "collectstatic", "--no-input")


def manage(env, *words):
    """Runs a command of the site; stops when it fails."""
    must([PYTHON, "manage.py", *words], f"`manage.py {words[0]}` failed.", env=env)


@contextlib.contextmanager
def _serving(env, application, name):
    """(port, process) of a gunicorn with two workers, while it serves."""
    port = site.free_port()
    command = [PYTHON, "-m", "gunicorn", "--config", ROOT / "deploy" / "gunicorn.conf.py"]
    log = Path(env["BENCH_HOME"]) / f"{name}.log"
    with step(f"Starting {name}"), open(log, "w") as out:
        # Not for so many requests as the bench makes: a worker that starts anew builds its matcher anew.
        more = ["--max-requests", "0", "--bind", f"127.0.0.1:{port}", application]
        web = processes.start([*command, *more], env=env, cwd=ROOT, out=out)
        path = "/gezond" if name == "site" else "/json"
        site.wait(web, f"http://127.0.0.1:{port}{path}", log)
    try:
        yield port, web
    finally:
        processes.stop(web)


def _look(env, rows):
    """Queries per address, a session of the council, and where the list is far on."""
    paths = [row.path for row in rows if row.method == "GET" and not row.form and "{far}" not in row.path]
    public, council = (
        [p for p, row in _paths(rows) if row.council is who and p in paths] for who in (False, True)
    )
    seen = [said(env, "bench_look", *public), said(env, "bench_look", *council, "--session", COUNCIL)]
    far = said(env, "bench_look", "--far")["far"]
    return {"queries": seen[0]["queries"] | seen[1]["queries"], "session": seen[1]["session"], "far": far}


def _paths(rows):
    return [(row.path, row) for row in rows]


def said(env, *words):
    """What a command of the site prints, read as JSON."""
    done = subprocess.run(
        [PYTHON, "manage.py", *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Stop(f"`manage.py {words[0]}` failed: {done.stderr.strip().splitlines()[-1:]}")
    return json.loads(done.stdout)


# Measuring ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Side:
    """One of the two that are measured: where it listens, and whose children work for it."""

    port: int
    parents: tuple


@dataclass(frozen=True)
class Speed:
    """The medians over the rounds; times in ms, cpu is that of site and database a request."""

    each_second: float
    cpu: float
    p50: float
    p95: float
    size: int


def _measure(row, ours, bare, looked):
    """(row, ours, bare or None, queries), in alternating rounds so that both meet the same machine."""
    headers = dict(row.headers) | ({"Cookie": f"sessionid={looked['session']}"} if row.council else {})
    path = row.path.format(far=looked["far"])
    asked = {
        "method": row.method, "path": path, "headers": headers, "body": row.body,
        "form": row.form, "status": row.status, "clients": CLIENTS, "seconds": SECONDS,
    }  # fmt: skip
    plain = {"method": "GET", "path": row.bare, "status": 200, "clients": CLIENTS, "seconds": SECONDS}
    with step(f"Measuring {row.name}"):
        _ask(ours, asked | {"seconds": 1})  # the first request of a process reads templates and the matcher
        rounds, plain_rounds = [], []
        for number in range(ROUNDS):
            rounds.append(_ask(ours, asked | {"from": 10_000 * (number + 1)}))
            if row.bare:
                plain_rounds.append(_ask(bare, plain))
    return (
        row,
        _speed(rounds),
        _speed(plain_rounds) if plain_rounds else None,
        looked["queries"].get(row.path),
    )


def _ask(side, asked):
    """One round by a client in a process of its own; `cpu` is what it cost, in milliseconds a request."""
    command, before = [PYTHON, "-m", "local.load"], _cpu(side.parents)
    asked = asked | {"port": side.port}
    done = subprocess.run(
        command, input=json.dumps(asked), cwd=ROOT, capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    if answer["failed"] > 0.01 * len(answer["latencies"]):
        raise Stop(f"{asked['path']} answered otherwise than expected {answer['failed']} times.")
    return answer | {"cpu": 1000 * (_cpu(side.parents) - before) / len(answer["latencies"])}


def _cpu(parents):
    """Seconds of processor time that the children of these processes have used so far."""
    used = 0
    for _pid, fields in _processes():
        if int(fields[1]) in parents:
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def _processes():
    """(pid, what /proc says of it after its name) of every process of this machine; nothing but on Linux."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            yield path.parent, path.read_text().rpartition(")")[2].split()


def _speed(rounds):
    each = [sorted(one["latencies"]) for one in rounds]
    return Speed(
        statistics.median(len(one["latencies"]) / one["seconds"] for one in rounds),
        statistics.median(one["cpu"] for one in rounds),
        statistics.median(1000 * times[len(times) // 2] for times in each),
        statistics.median(1000 * times[int(len(times) * 0.95)] for times in each),
        max(one["bytes"] for one in rounds),
    )


def _memory(web):
    """What each worker holds, in MB: all of it, and its fair share of what they have together."""
    found = []
    for place, fields in _processes():
        with contextlib.suppress(OSError):
            if int(fields[1]) == web.pid:
                text = (place / "smaps_rollup").read_text()
                found.append(
                    [int(re.search(rf"^{name}: +(\d+)", text, re.M)[1]) // 1024 for name in ("Rss", "Pss")]
                )
    return found


def _table(found, memory):
    """The outcome as Markdown."""
    lines = [
        f"Measured on {date.today():%d %B %Y}, {os.cpu_count()} cores ({platform.machine()}), "
        f"load {os.getloadavg()[1]:.1f} "
        f"before and during the run; {CLIENTS} clients, {ROUNDS} rounds of {SECONDS} s in turns, medians.",
        "",
        "| | requests/s | p50 ms | p95 ms | CPU ms | queries | kB "
        "| bare: requests/s | CPU ms | ratio | of CPU | bar |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row, ours, bare, queries in found:
        plain, cpu, ratio, of_cpu = ("", "", "", "")
        if bare:
            plain, cpu = f"{bare.each_second:.0f}", f"{bare.cpu:.1f}"
            ratio, of_cpu = f"{ours.each_second / bare.each_second:.2f}", f"{bare.cpu / ours.cpu:.2f}"
        lines.append(
            f"| {row.name} | {ours.each_second:.0f} | {ours.p50:.0f} | {ours.p95:.0f} | {ours.cpu:.1f} "
            f"| {'' if queries is None else queries} | {ours.size / 1024:.0f} "
            f"| {plain} | {cpu} | {ratio} | {of_cpu} | {row.bar} |"
        )
    told = ", ".join(f"{rss} MB (its share {pss} MB)" for rss, pss in memory)
    return "\n".join(
        [*lines, "", f"Memory of the workers after all this: {told}; the bar is 200 MB each.", ""]
    )
