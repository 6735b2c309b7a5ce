"""Which SPARQL texts from outside never reach the engine: too long, too deep, too many patterns, SERVICE, LOAD.

The bars were measured against texts that end or stall the engine before it reads any data. The
same hold for `kg query` and for the endpoint; what a text may cost while it runs is not known here.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import QueryError, QueryRefused, QueryTooLong
from kg.rdf.store import ask

__all__ = ["MAX_TEXT", "OPAQUE", "bare", "check_query", "place", "reject_network"]

MAX_TEXT = 65_536
MAX_NESTING = 50
MAX_PATTERNS = 80
MAX_OPTIONALS = 50
MAX_LIST = 100
MAX_PATH = 100

# What holds no brackets of the query itself: strings, IRIs, escaped characters in names, comments. A string that is
# never closed runs on to its end, so that no part of a text is read twice.
OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\\?\Z)|"(?:\\.|[^"\\\r\n])*"?'
    r"|'''(?:\\.|[^\\])*?(?:'''|\\?\Z)|'(?:\\.|[^'\\\r\n])*'?"
    r"|<[^<>\"{}|^`\x00-\x20]*>|\\.|#[^\r\n]*",
    re.DOTALL,
)
# A bare text in pieces: brackets, what parts patterns, what joins a path, other operators, words and numbers. In the
# bare text a string or an IRI is a run of NUL.
_PIECE = re.compile(
    r"(?P<open>[{(\[])|(?P<close>[\])}])|(?P<term>\x00+|[?$]?[^\W\d][\w.:%-]*(?<!\.)|:[\w.:%-]*(?<!\.)|[?$]\w+"
    r"|[\d.]*\d(?:[eE][+-]?\d+)?|@[A-Za-z-]+)"
    r"|(?P<part>[.;,])|(?P<path>[/|^](?![|^]))|(?P<operator>\|\||\^\^|[^\s\w])"
)
_BEFORE_TEMPLATES = frozenset({"CONSTRUCT", "INSERT", "DELETE", "DATA"})
_SERVICE = re.compile("SERVICE", re.IGNORECASE | re.ASCII)
_LOAD = re.compile(r"(?<![\w?$:@.-])LOAD(?![\w:.-])", re.IGNORECASE)


def check_query(text: str) -> None:
    """Raise QueryError for a text that must not reach the engine, naming the limit it breaks and the place.

    >>> check_query("SELECT * { ?s ?p ?o }")
    >>> check_query("ASK " + "{" * 51)
    Traceback (most recent call last):
    kg.errors.QueryError: the query nests over 50 deep at 1:55; flatten it
    """
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise QueryError(f"the query is not valid Unicode at {place(text, error.start)}; retype it") from error
    if size > MAX_TEXT:
        raise QueryTooLong(f"the query has {size:,} bytes; the limit is {MAX_TEXT:,}")
    _Shape(text).measure()


def bare(text: str) -> str:
    """Blank out strings, IRIs and comments; what is left stands where it stood."""
    return OPAQUE.sub(lambda found: " " * len(found[0]), text)


def _outlined(text: str) -> str:
    """Blank out comments, and make each string and IRI a run of NUL that ends before the next begins."""
    return OPAQUE.sub(_outline, text)


def _outline(found: re.Match[str]) -> str:
    size = len(found[0])
    if found[0].startswith("\\"):
        return "x" * size
    return " " * size if found[0].startswith("#") else ("\0" * (size - 1)).ljust(size)


def place(text: str, offset: int) -> str:
    """Say where an offset lies, as the engine's own errors do."""
    return f"{text.count(chr(10), 0, offset) + 1}:{offset - text.rfind(chr(10), 0, offset)}"


@dataclass
class _Frame:
    """What stands between two brackets so far."""

    bracket: str
    patterns: int = 0
    items: int = 0
    path: int = 0
    after_term: bool = False


@dataclass
class _Shape:
    """Measures a text without parsing it: a text that is no SPARQL at all is measured as well."""

    text: str
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("")])
    optionals: int = 0
    word: str = ""

    def measure(self) -> None:
        """Read the text from left to right; raises QueryError at the first bar that it breaks."""
        for found in _PIECE.finditer(_outlined(self.text)):
            kind = str(found.lastgroup)
            getattr(self, f"_{kind}")(found[0], found.start())
            self.word = found[0].upper() if kind == "term" else ""

    def _open(self, bracket: str, offset: int) -> None:
        if len(self.frames) > MAX_NESTING:
            raise QueryError(f"the query nests over {MAX_NESTING} deep at {place(self.text, offset)}; flatten it")
        # A template is filled, not matched, and data are neither: they have no bar of patterns.
        is_template = bracket == "{" and (self.word in _BEFORE_TEMPLATES or self.frames[-1].bracket == "<")
        self.frames.append(_Frame("<" if is_template else bracket))

    def _close(self, _: str, offset: int) -> None:
        if len(self.frames) > 1:
            closed = self.frames.pop()
            if closed.bracket == "[":
                self._count_patterns(closed.patterns + 1, offset)
        self._count_item(offset)

    def _term(self, word: str, offset: int) -> None:
        if word.upper() == "OPTIONAL":
            self.optionals += 1
            self._bar(self.optionals, MAX_OPTIONALS, "OPTIONALs", offset)
        self._count_item(offset)

    def _count_item(self, offset: int) -> None:
        """Count a term or a closed bracket: two in a row, with nothing between, stand in a list or a pattern."""
        frame = self.frames[-1]
        if frame.after_term:
            frame.items += frame.bracket == "("
            self._bar(frame.items + 1, MAX_LIST, "items in a list", offset)
            frame.path = 0
        frame.after_term = True

    def _part(self, _: str, offset: int) -> None:
        frame = self.frames[-1]
        frame.after_term, frame.path = False, 0
        if frame.bracket in "{[":
            self._count_patterns(1, offset)

    def _count_patterns(self, more: int, offset: int) -> None:
        frame = self.frames[-1]
        frame.patterns += more
        if frame.bracket == "{":
            self._bar(frame.patterns, MAX_PATTERNS, "triple patterns in a group", offset)

    def _path(self, _: str, offset: int) -> None:
        frame = self.frames[-1]
        frame.after_term = False
        frame.path += 1
        self._bar(frame.path, MAX_PATH, "steps in a path", offset)

    def _operator(self, _: str, __: int) -> None:
        self.frames[-1].after_term = False

    def _bar(self, count: int, bar: int, what: str, offset: int) -> None:
        if count > bar:
            raise QueryError(f"the query has over {bar} {what} at {place(self.text, offset)}; ask in smaller steps")


def reject_network(text: str) -> None:
    """Raise QueryRefused for a text that calls a SERVICE or means to LOAD something.

    Whether a word is the keyword is told by the engine's own grammar, which no pattern of
    ours follows to the letter: a text that parses as long as the word is another does not
    use it as a keyword. The parser may end the process, so this runs where the query would.
    """
    words = [found.start() for found in _SERVICE.finditer(text)]
    mask = next(letter * 7 for letter in string.ascii_lowercase if letter * 7 not in text.casefold())
    if words and not _parses(_SERVICE.sub(mask, text)) and _parses(text):
        calls = (word for word in words if not _parses(text[:word] + mask + text[word + 7 :]))
        raise QueryRefused(f"SERVICE at {place(text, next(calls))} is refused: queries here cannot reach the network")
    load = _LOAD.search(bare(text))
    if load and not _parses(text):
        raise QueryRefused(f"LOAD at {place(text, load.start())} is refused: queries here cannot reach the network")


def _parses(text: str) -> bool:
    """Tell whether the engine can read a query; it is asked of a store that holds nothing."""
    try:
        ask(ox.Store(), text, None)
    except QueryError as error:
        return not isinstance(error.__cause__, SyntaxError)
    return True
