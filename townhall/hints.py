"""What else to look for, where words find little: "Bedoelde je …?" and "Zoek ook op …"."""

from dataclasses import dataclass
from itertools import product

from django.db.models import Exists, Value

from dutch import words
from dutch.analyser import guess, telling
from dutch.spelling import LETTERS_A_SLIP, nearest
from dutch.synonyms import instead
from townhall.models import SearchQuerySet

FEW = 2  # found so many or fewer: time to say what else there is
MOST_WORDS = 4  # that may be wrong in one question
MOST_NAMES = 8  # read to find one word in
MOST_ALSO, MOST_TRIED = 3, 10


@dataclass(frozen=True, slots=True)
class Hints:
    """Texts that find something: what was meant, and what says the same in other words."""

    meant: str = ""
    also: tuple[str, ...] = ()


def hints(text, found, looks, places=frozenset):
    """What else to look for, when a text found so many things; at most two queries, none for enough.

    looks: for each kind of thing a function from a text to the things it finds, of those this person may see
    and the other questions leave; with an empty text it gives all of these. places: gives the folded words
    of the names of places, which are never taken for a mistake.
    """
    if found > FEW or not looks or not telling(text):
        return Hints()
    meant = [] if found else corrections(text, looks, places())
    also = instead(text)[:MOST_TRIED]
    finding = which_find([*meant, *also], looks)
    return Hints(
        next((one for one in meant if one in finding), ""),
        tuple(one for one in also if one in finding)[:MOST_ALSO],
    )


def corrections(text, looks, places):
    """The text with its mistakes mended: by words in names, and where there are none by a word we know."""
    doubtful = [
        word
        for word in telling(text)
        if word.folded.isalpha() and len(word.folded) >= LETTERS_A_SLIP and word.folded not in places
    ][:MOST_WORDS]
    names = alike([word.folded for word in doubtful], looks)
    mended = [
        (word, better)
        for word in doubtful
        if (better := nearest_of(word.folded, names.get(word.folded, {})) or guess(word.folded))
    ]
    return [put(text, mended)] if mended else []


def nearest_of(folded, written):
    return written.get(nearest(folded, written), "")


def alike(typed, looks):
    """{word: {folded: as written}} of names that look like these words, of those found nowhere; one query."""
    parts = []
    for word in typed:
        nowhere = [~Exists(look(word)) for look in looks]
        for look in looks:
            if isinstance(things := bare(look("")), SearchQuerySet):
                named = things.looks_like(word).filter(*nowhere).annotate(typed=Value(word))
                parts.append(named.values_list("typed", "known", "far")[:MOST_NAMES])
    found = {}
    for word, name, _far in sorted(together(parts), key=lambda row: row[2]):
        found.setdefault(word, {}).update((one.folded, one.surface.lower()) for one in words(name))
    return found


def which_find(texts, looks):
    """Those of the texts that find something; one query, none without texts."""
    tried = product(texts, looks)
    parts = [bare(look(text)).annotate(typed=Value(text)).values_list("typed")[:1] for text, look in tried]
    return {text for (text,) in together(parts)}


def bare(things):
    """The same set, without what was to come along with it."""
    return things.order_by().prefetch_related(None)


def together(parts):
    """The rows of several queries, asked as one."""
    return list(parts[0].union(*parts[1:], all=True)) if parts else []


def put(text, mended):
    """The text with better words: [(word, better), …] in order."""
    for word, better in reversed(mended):
        text = f"{text[: word.start]}{better}{text[word.end :]}"
    return text.strip()
