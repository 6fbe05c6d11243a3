"""Numbers in Dutch words: "vijfentwintighonderd" is 2,500."""

from dutch.fold import fold_word

SMALL = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
BELOW_HUNDRED = (
    SMALL | TENS | {f"{one}en{ten}": SMALL[one] + TENS[ten] for one in list(SMALL)[:9] for ten in TENS}
)
LARGE = {"duizend": 1_000, "honderd": 100}


def number(word: str) -> int | None:
    """The number that one written word says, however it is cased or accented; None if it says none."""
    return _number(fold_word(word))


def _number(folded: str) -> int | None:
    for name, times in LARGE.items():
        before, found, after = folded.partition(name)
        if found:
            first = _number(before) if before else 1
            rest = _number(after.removeprefix("en")) if after else 0
            return None if first is None or rest is None else first * times + rest
    return BELOW_HUNDRED.get(folded)
