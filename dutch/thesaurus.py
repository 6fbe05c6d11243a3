"""The civic thesaurus: what policy calls a thing, and what people call it. To add to it: docs/thesaurus.md.

One file for each group of policy fields in `dutch/data/thesaurus`, one block for each concept:

    eenzaamheid (6.1)
      beleid: eenzaamheid, sociaal isolement
      gewoon: niemand over de vloer, ~alleen
      breder: sociale samenhang
      verwant: ontmoeten in de buurt

`~` marks a loose term: it only hints. `=` says that the term knowingly stands with an unrelated concept too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from dutch.fold import words
from dutch.stems import stems
from dutch.wordlists import DATA, word_list

FOLDER = DATA / "thesaurus"
SPOKEN_BY = ("beleid", "gewoon")
RELATED_BY = ("breder", "verwant")
_HEAD = re.compile(r"(?P<name>[^\s(:][^(:]*?) \((?P<field>\d\.\d{1,2}[a-z]?)\)")
_LINE = re.compile(r"  (?P<key>[a-z]+): (?P<value>.+)")
MOST_WORDS, MOST_IN_IDIOM = 5, 12


class ThesaurusError(ValueError):
    """A line of a thesaurus file that cannot be read; says which file, which line and why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One term of a concept: its folded words that say something, in the order written."""

    text: str
    words: tuple[str, ...]
    idiom: bool
    """Only one of its words says something: "over de vloer komen". All are kept, and it only hints."""
    loose: bool
    elsewhere: bool
    of_policy: bool


@dataclass(slots=True)
class Concept:
    """One thing municipalities and residents talk about, with its field (Iv3) and its names."""

    name: str
    policy_field: str
    place: str = ""
    """The file and the line where it stands."""
    phrases: list[Phrase] = field(default_factory=list)
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)


def phrase(text: str, of_policy: bool = False) -> Phrase:
    """A term as written in the file: with its marks, and its words without those that say nothing.

    Raises ThesaurusError for a term without a word that says something, or with more than five.
    """
    bare = text.lstrip("~=")
    marks = text[: len(text) - len(bare)]
    every = tuple(word.folded for word in words(bare))
    telling = tuple(word for word in every if word not in word_list("stop-words"))
    if not 0 < len(telling) <= MOST_WORDS or len(every) > MOST_IN_IDIOM:
        raise ThesaurusError(f"“{text}” has no words that say something, or too many")
    idiom = len(telling) == 1 < len(every)
    return Phrase(bare, every if idiom else telling, idiom, "~" in marks, "=" in marks, of_policy)


def read(name: str, text: str) -> Iterator[Concept]:
    """The concepts of one file; raises ThesaurusError at the first line that is not as it should be."""
    concept = None
    for number, line in _joined(text):
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line):
            if concept:
                yield concept
            concept = Concept(head["name"], head["field"], f"{name}, line {number}")
        elif concept and (said := _LINE.fullmatch(line)):
            _fill(concept, said["key"], said["value"], f"{name}, line {number}, “{concept.name}”")
        else:
            raise ThesaurusError(f"{name}, line {number}: {line[:80]!r} is no concept and no list of terms")
    if concept:
        yield concept


def _joined(text: str) -> list[tuple[int, str]]:
    """(number, line) of the file; lines that go on (four spaces) are taken together."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("    ") and found:
            found[-1] = (found[-1][0], f"{found[-1][1].rstrip()} {line.strip()}")
        else:
            found.append((number, line))
    return found


def _fill(concept: Concept, key: str, value: str, place: str) -> None:
    entries = [entry.strip() for entry in value.split(",") if entry.strip()]
    if key in SPOKEN_BY:
        try:
            concept.phrases += [phrase(entry, key == "beleid") for entry in entries]
        except ThesaurusError as error:
            raise ThesaurusError(f"{place}: {error}") from error
    elif key in RELATED_BY:
        (concept.broader if key == "breder" else concept.related).extend(entries)
    else:
        raise ThesaurusError(f"{place}: {key}: is none of {', '.join(SPOKEN_BY + RELATED_BY)}")


def read_all() -> Iterator[Concept]:
    """Every concept in the order of the files, one at a time."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield from read(path.name, _text(path.name, path.read_bytes()))


def _text(name: str, written: bytes) -> str:
    try:
        return written.decode()
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise ThesaurusError(f"{name}, line {line}: is not written in UTF-8") from error


def concepts() -> dict[str, Concept]:
    """Every concept by its name; ThesaurusError where a name stands there twice, or names one that is not."""
    found: dict[str, Concept] = {}
    for concept in read_all():
        if concept.name in found:
            raise ThesaurusError(f"{concept.place}: “{concept.name}” stands there twice")
        found[concept.name] = concept
    for wrong in _relations(found):
        raise ThesaurusError(wrong)
    return found


def stem_key(word: str) -> str:
    """What two forms of one word have in common: the shortest of its stems."""
    return min(stems(word), key=lambda stem: (len(stem), stem))


def key_of(term: Phrase) -> tuple[str, ...]:
    """What makes two terms the same: their stems, in any order."""
    return tuple(sorted(map(stem_key, term.words)))


def complaints(every: dict[str, Concept]) -> list[str]:
    """What is wrong with a thesaurus, a sentence each: orphans, unknown relations, terms said twice."""
    return [*_relations(every), *_alone(every), *_twice(every)]


def _relations(every: dict[str, Concept]) -> Iterator[str]:
    for concept in every.values():
        for other in concept.broader + concept.related:
            if other not in every:
                yield f"{concept.place}: “{concept.name}” names “{other}”, which is no concept"
            if other == concept.name:
                yield f"{concept.place}: “{concept.name}” points at itself"


def _alone(every: dict[str, Concept]) -> Iterator[str]:
    pointed_at = {other for concept in every.values() for other in concept.broader + concept.related}
    for concept in every.values():
        if not (concept.broader or concept.related or concept.name in pointed_at):
            yield f"{concept.name}: has no broader and no related concept"
        for kind, of_policy in (("beleid", True), ("gewoon", False)):
            if not any(term.of_policy is of_policy for term in concept.phrases):
                yield f"{concept.name}: has no terms under {kind}"


def _twice(every: dict[str, Concept]) -> Iterator[str]:
    said: dict[tuple[str, ...], list[tuple[Concept, Phrase]]] = defaultdict(list)
    for concept in every.values():
        keys = set()
        for term in concept.phrases:
            if key_of(term) in keys:
                yield f"{concept.name}: says “{term.text}” twice"
            else:
                keys.add(key_of(term))
                said[key_of(term)].append((concept, term))
    for places in said.values():
        yield from _unsaid(places)


def _unsaid(places: list[tuple[Concept, Phrase]]) -> Iterator[str]:
    for number, (concept, term) in enumerate(places):
        for other, same in places[number + 1 :]:
            if not (_kin(concept, other) or (term.elsewhere and same.elsewhere)):
                yield f"{concept.name} and {other.name} both say “{term.text}”: relate them, or mark both ="


def _kin(one: Concept, other: Concept) -> bool:
    """Near each other: the one names the other, or both have the same broader concept."""
    named = one.name in other.broader + other.related or other.name in one.broader + one.related
    return named or not set(one.broader).isdisjoint(other.broader)
