"""Advice on help and money, by rules: what is asked → help without money first, then fitting forms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FundingForm:
    """One of the ways to pay (BB, IF, BM, FC, MA, LF, PL, CF, CG)."""

    key: str
    name: str
    meaning: str = ""
    order: int = 0
    """1 is where the municipality is most involved."""


@dataclass(frozen=True, slots=True)
class Help:
    """Something the municipality can do that costs no money."""

    need: str
    """One of the needs: ruimte, plek, toestemming, …"""
    sentence: str
    """Plain Dutch: what the municipality can do."""
    words: tuple[str, ...] = ()
    """Words of the resident that showed the need, exactly as written."""
