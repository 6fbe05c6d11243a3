"""A broken thesaurus stops the start of every process that thinks with it, with file, line and reason."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.townhall.servers import environment

ROOT = settings.BASE_DIR
CELERY = ("-m", "celery", "-A", "initiatiefwijzer", "worker", "--pool", "solo", "--without-mingle")


@pytest.mark.parametrize(
    ("process", "written", "said"),
    [
        (("-c", "import initiatiefwijzer.wsgi"), b"# \xff\n", "is not written in UTF-8"),
        (CELERY, b"geen begrip\n", "'geen begrip' is no concept and no list of terms"),
    ],
    ids=["web", "worker"],
)
def test_a_broken_thesaurus_stops_the_start(process, written, said, tmp_path):
    shutil.copytree(ROOT / "dutch", tmp_path / "dutch", ignore=shutil.ignore_patterns("__pycache__"))
    file = min((tmp_path / "dutch" / "data" / "thesaurus").glob("*.txt"))
    place = f"{file.name}, line {len(file.read_bytes().splitlines()) + 1}"
    file.write_bytes(file.read_bytes() + written)
    run = subprocess.run(
        [sys.executable, *process],
        cwd=tmp_path,  # its own folder comes first: the broken copy is the thesaurus
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert f"{place}: {said}" in run.stderr
