"""How fast the matcher answers in a large town, how big it is and how soon it knows of a change.

Measures in this process, as a worker of the web server would, and beside it what else can search the texts.
"""

import gc
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import bm25s
import Stemmer
from django.db import connection

from contacts.models import Organisation
from goals.models import Goal
from initiatiefwijzer.bench import sentences
from initiatiefwijzer.management.commands.demo import FOLDER
from initiatives.models import Initiative
from matching import service
from matching.corpus import ANYBODY, keeper
from matching.evaluation import read_lines
from matching.shapes import Question

SEED = 20261122
WARM, MADE_UP = 40, 80  # questions to warm up with, and made-up ones to measure beside those of the demo
FEWER = 30  # questions for searches by others: one of them takes seconds
PATIENCE = 120.0  # seconds after which a change counts as never seen
FIRST = 10  # documents that a search gives
KINDS = ("goals", "contact", "partners", "similar", "forms")
TEXTS = {  # kind -> what a search beside ours may look through: the key and the texts of each
    "goals": (Goal, "key", ("title", "plain_title", "search_words", "plain_description", "description")),
    "partners": (Organisation, "key", ("name", "interests", "offers")),
    "initiatives": (Initiative, "reference", ("title", "story")),
}
WAY = ("dbname", "user", "password", "host", "port")  # to the database
WRITE = """
import json, sys, time, psycopg
way, sql, params = json.load(sys.stdin)
with psycopg.connect(**way) as connection:
    connection.execute(sql, params)
print(time.time())
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody writes in another process, and the question whose answer must change by it."""

    kind: str
    column: str
    word: str

    @property
    def text(self):
        return f"Samen een {self.word} met kolderkwast en pimpampoen"


CHANGES = (
    Change("goals", "plain_title", "zeepkistenrace"),
    Change("partners", "interests", "klompendansfeest"),
    Change("initiatives", "title", "waterorgelconcert"),
)
KNOWN = "Met de hele buurt een moestuin beginnen voor mensen die alleen zijn"
"""What is answered with something of every kind; of the initiatives only the newest are kept."""
SHOWN_AS = {"goals": "goals", "partners": "partners", "initiatives": "similar"}


def measure(warm, asked):
    """All that is told of this town, ready for JSON; times in ms, but for building and changes: seconds.

    warm: questions to warm up with; asked: those that are measured.
    """
    gc.collect()
    empty, began = memory(), time.perf_counter()
    keeper.current()
    build = time.perf_counter() - began
    for question in warm:
        service.advise(question)
    answers = [answer(question) for question in asked]
    held = memory() - empty
    return {
        "build": build,
        "memory": held,
        "answers": len(answers),
        "complete": sum(one["complete"] for one in answers),
        "queries": max(one["queries"] for one in answers),
        "wall": spread([one["wall"] for one in answers]),
        "cpu": spread([one["cpu"] for one in answers]),
        "changes": {change.kind: seen_after(change) for change in CHANGES},
    }


def questions():
    """Two lists of plans of 20 to 150 words: made-up ones to warm up with; others, and those of the demo."""
    dice = Random(SEED)  # noqa: S311 the same questions every time is the point
    made_up = [sentences.plan(dice, dice.choice(sentences.SUBJECTS)) for _ in range(WARM + MADE_UP)]
    real = [(one["title"], "", one["text"]) for one in read_lines(FOLDER / "initiatives-dev.jsonl")]
    measured = made_up[WARM:] + real
    dice.shuffle(measured)
    return [
        [Question(title, f"{summary} {story}".strip()) for title, summary, story in plans]
        for plans in (made_up[:WARM], measured)
    ]


def answer(question):
    """One answer: how long, how much processor time, how many queries; and does it hold all kinds?"""
    with counted() as queries:
        cpu, began = time.process_time(), time.perf_counter()
        advice = service.advise(question)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    complete = all(getattr(advice, kind) for kind in KINDS)
    return {"wall": 1000 * wall, "cpu": 1000 * cpu, "queries": len(queries), "complete": complete}


@contextmanager
def counted():
    """A list that grows with every query."""
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def spread(times):
    """The middle one and the one that 95 of a hundred stay below."""
    ordered = sorted(times)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[int(0.95 * len(ordered))]}


def memory():
    """MB that this process holds; only on Linux."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def seen_after(change):
    """Seconds until an answer knows what another process wrote, and ms of the longest answer meanwhile."""
    model, key, _ = TEXTS[change.kind]
    record = getattr(service.advise(Question(KNOWN)), SHOWN_AS[change.kind])[0].record
    written = write(
        f'UPDATE {model._meta.db_table} SET "{change.column}" = %s WHERE id = %s',  # noqa: S608 our own names
        [change.text, record.pk],
    )
    question, longest = Question(change.text), 0.0
    while time.time() - written < PATIENCE:
        began = time.perf_counter()
        advice = service.advise(question)
        longest = max(longest, 1000 * (time.perf_counter() - began))
        found = getattr(advice, SHOWN_AS[change.kind])
        if getattr(record, key) in [getattr(one.record, key) for one in found]:
            return {"seconds": time.time() - written, "longest": longest}
        time.sleep(0.02)
    return {"seconds": None, "longest": longest}


def write(sql, params):
    """Runs a statement in a process of its own; the time at which it was committed."""
    way = {name: value for name, value in connection.get_connection_params().items() if name in WAY}
    done = subprocess.run(
        [sys.executable, "-c", WRITE], input=json.dumps([way, sql, params]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


# What else can search these texts ------------------------------------------------------------------------
def others(asked):
    """{name: ms} of other ways to the ten best goals, and to the ten best of every kind."""
    texts = {kind: texts_of(*told) for kind, told in TEXTS.items()}
    found = {}
    for name, searching in (("PostgreSQL full text", postgresql), ("bm25s", plain_bm25)):
        for kinds, chosen in (("goals", ["goals"]), ("all", [*texts])):
            search = searching({kind: texts[kind] for kind in chosen})
            found.setdefault(name, {})[kinds] = spread([timed(search, question) for question in asked])
    return found


def texts_of(model, key, columns):
    """[(key, text)] of what anybody may see."""
    rows = model.objects.visible_to(ANYBODY).values_list(key, *columns)
    return [(key, " ".join(parts)) for key, *parts in rows.iterator()]


def timed(search, question):
    began = time.perf_counter()
    search(f"{question.title}. {question.text}")
    return 1000 * (time.perf_counter() - began)


def postgresql(texts):
    """A search by `ts_rank_cd` over stored vectors with an index, for any of the words asked."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_texts")
        cursor.execute("CREATE TEMP TABLE bench_texts (kind text, key text, found tsvector)")
        for kind, rows in texts.items():
            cursor.executemany(
                "INSERT INTO bench_texts VALUES (%s, %s, to_tsvector('dutch', %s))",
                [(kind, key, text) for key, text in rows],
            )
        cursor.execute("CREATE INDEX ON bench_texts USING gin (found)")
        cursor.execute("ANALYZE bench_texts")
    best = (
        "(SELECT key FROM bench_texts, asked WHERE kind = %s AND found @@ words "
        "ORDER BY ts_rank_cd(found, words) DESC, key LIMIT 10)"
    )
    any_word = "replace(plainto_tsquery('dutch', %s)::text, '&', '|')::tsquery"
    sql = f"WITH asked AS (SELECT {any_word} AS words) {' UNION ALL '.join([best] * len(texts))}"  # noqa: S608

    def search(text):
        with connection.cursor() as cursor:
            cursor.execute(sql, [text, *texts])
            return cursor.fetchall()

    return search


def plain_bm25(texts):
    """A search by bm25s with Dutch stop words and stems."""
    options = {"stopwords": "dutch", "stemmer": Stemmer.Stemmer("dutch"), "show_progress": False}
    indexes = []
    for rows in texts.values():
        index = bm25s.BM25()
        index.index(bm25s.tokenize([text for _, text in rows], **options), show_progress=False)
        indexes.append((index, min(FIRST, len(rows))))

    def search(text):
        words = bm25s.tokenize([text], **options)
        return [index.retrieve(words, k=most, show_progress=False) for index, most in indexes]

    return search
