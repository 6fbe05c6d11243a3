"""Dutch text as terms, for search and for matching. Knows nothing of Django.

`search_terms(text)` is what to store for a text, `query(text)` what to look for in what was stored. Both
use the analyser without a municipality's own words: stored terms stay right until VERSION changes.
"""

from dutch.analyser import VERSION, Analyser, Term, query, search_terms, terms
from dutch.fold import Word, fold, words

__all__ = ["VERSION", "Analyser", "Term", "Word", "fold", "query", "search_terms", "terms", "words"]
