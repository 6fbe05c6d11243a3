"""How well the civic thesaurus understands people, by sentences written without sight of its terms.

`dutch/data/sentences` holds, for every concept, one sentence of policy (b) and three of residents (g):

    eenzaamheid
      b: Wij bestrijden eenzaamheid door ontmoeting in de wijk.
      g: Mijn moeder van 84 spreekt soms dagen niemand.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from dutch.wordlists import DATA
from matching.meaning import Concepts
from matching.reading import Reader

FOLDER = DATA / "sentences"
POLICY, RESIDENTS = "b", "g"
LOOKED_AT = 5
_LINE = re.compile(r"  (?P<kind>[bg]): (?P<said>.+)")


def sentences() -> Iterator[tuple[str, str, str]]:
    """(concept, kind, sentence), in the order of the files; ValueError where a line is something else."""
    for path in sorted(FOLDER.glob("*.txt")):
        concept = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := _LINE.fullmatch(line):
                yield concept, found["kind"], found["said"]
            elif line.startswith(" "):
                raise ValueError(f"{path.name}, line {number}: {line[:60]!r} is no sentence")
            elif line.strip():
                concept = line


def examine(concepts: Concepts) -> dict[str, float]:
    """Of the sentences, the share from 0 to 1 of which the own concept, or one next to it, is found."""
    reader = Reader([], [])
    right: dict[str, list[bool]] = defaultdict(list)
    for concept, kind, said in sentences():
        found = list(concepts.of(reader.read([(said, 1.0)])))
        first = found[:1]
        if kind == POLICY:
            right["policy, first"].append(first == [concept])
            continue
        right["residents, first"].append(first == [concept])
        right["residents, first or next to it"].append(
            first == [concept] or concept in _near(concepts, first)
        )
        right["residents, in the first five"].append(concept in found[:LOOKED_AT])
    return {name: sum(each) / len(each) for name, each in right.items()}


def _near(concepts: Concepts, names: list[str]) -> set[str]:
    return {other for name in names for other in concepts.near(name)}
