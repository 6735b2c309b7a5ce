"""Find an entity by what someone calls it: English, Chinese, pinyin, with slips, in part.

Reads the index that `kg.names.indexer` wrote, in two steps: candidates by shared pieces of the name, then each
compared in earnest (`kg.names.similarity`). The index is only read, never locked or written, and a text asked for is
never parsed as a query language. What an entity is beyond its names is not known here.
"""

from __future__ import annotations

import difflib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import tantivy

from kg.errors import InputError, NotFound, ReleaseError
from kg.names.normalize import ngrams, normalize
from kg.names.records import Record, Records
from kg.names.similarity import EXACT, SLIPS, NameQuery, similarity

__all__ = ["FORMAT", "MAX_LIMIT", "MAX_TEXT", "Match", "NameIndex"]

FORMAT = 5
"""Version of what `kg.names.indexer` stores for each name; to be raised whenever a key is made differently."""

MAX_TEXT = 200
"""Characters a text may have that is looked up."""

MAX_LIMIT = 1000
"""Matches that may be asked for at once."""

# Measured at 10^5 names of all sorts: 60 candidates give a recall of 0.99 and more; further ones add only time.
_CANDIDATES = 60
# A long name has more pieces than are needed to find it, and each is a list to be walked.
_PIECES = 16
_FIELDS = {"name": 0, "identifier": 1, "alias": 2}
# Often called like the thing that they are about, or the body whose page they are; who types the name means that.
_NAMESAKES = frozenset({"Topic", "Industry", "MediaOrganisation"})
_REMOVALS = 3
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


@dataclass(frozen=True)
class Match:
    """An entity that may be meant, the spelling that matched, and why.

    `score` runs from 0 to 100. `certain` means that the text is a name, alias or identifier of this entity
    and of no other; a likeness, however great, is never certain.
    """

    entity: str
    kind: str
    label: str
    language: str
    field: str
    reason: str
    score: float
    certain: bool = False


class NameIndex:
    """The names of a release, open for questions; safe to share between threads.

    ```python
    names = Lookup(release / "names")
    names.find("ningde")[0].label        # 宁德市
    ```
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, which may be read-only. ReleaseError where there is none."""
        self._searcher, self._schema = _open(folder)
        self._records = Records(folder)

    def __len__(self) -> int:
        """Count the names."""
        return self._searcher.num_docs

    def find(self, text: str, *, kind: str | Sequence[str] | None = None, limit: int = 10) -> list[Match]:
        """Find what `text` may name, best first, each entity once with its best reason.

        `kind` keeps to entities of that kind, or any of those kinds; `certain` is then judged among these.
        InputError for a text without content or over 200 characters, and for a limit outside 1 to 1000;
        NotFound for a single kind that nothing in the index is of.
        """
        _require(text, limit)
        query = NameQuery.of(normalize(text))
        kinds = self._kinds(kind)
        exact = list(self._names(self._term("key", query.key), kinds, MAX_LIMIT))
        alike = self._names(self._pieces(query), kinds, max(_CANDIDATES, 4 * limit))
        certain = len({name.entity for name in exact}) == 1
        best: dict[str, tuple[Record, _Rank]] = {}
        for rank, record in sorted(_ranked(query, [*exact, *alike])):
            # Who typed a name that exists made no slip.
            if not (exact and rank.reason in SLIPS):
                best.setdefault(record.entity, (record, rank))
        return [_match(record, rank, certain) for record, rank in islice(best.values(), limit)]

    def records(self) -> Iterator[Record]:
        """Give every name with its bearer, in the order of the index."""
        return (self._records[number] for number in range(len(self)))

    def kinds(self) -> list[str]:
        """Give the kinds of the things that have names here."""
        return sorted(kind for kind, _ in self._searcher.terms_with_prefix("kind", ""))

    def suggest(self, text: str, limit: int = 3) -> list[str]:
        """Give the nearest names there are, for "did you mean"; none, rather than an error, for a useless text."""
        cut = text[:MAX_TEXT]
        if not normalize(cut):
            return []
        return list(dict.fromkeys(match.label for match in self.find(cut, limit=2 * limit)))[:limit]

    def _pieces(self, query: NameQuery) -> tantivy.Query:
        """Ask for any piece of the name, and for any of its sound where it is typed in letters."""
        wanted = [("grams", gram) for gram in _spread(ngrams(query.key), _PIECES)]
        if query.sound:
            pieces = _spread(ngrams(query.sound), _PIECES // 2)
            wanted += [("sound", query.sound), *(("sound_grams", gram) for gram in pieces)]
        return tantivy.Query.boolean_query([(_SHOULD, self._term(field, piece)) for field, piece in wanted])

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "basic")

    def _kinds(self, kind: str | Sequence[str] | None) -> tantivy.Query | None:
        if kind is None:
            return None
        if isinstance(kind, str) and kind not in (known := self.kinds()):
            near = difflib.get_close_matches(kind.title(), known, 3)
            raise NotFound("kind of named things", kind, tuple(near))
        kinds = [kind] if isinstance(kind, str) else kind
        # A filter must not weigh in: without the constant, names of a rare kind would score higher.
        return tantivy.Query.const_score_query(
            tantivy.Query.boolean_query([(_SHOULD, self._term("kind", one)) for one in kinds]), 0.0
        )

    def _names(self, query: tantivy.Query, kinds: tantivy.Query | None, limit: int) -> Iterator[Record]:
        if kinds is not None:
            query = tantivy.Query.boolean_query([(_MUST, query), (_MUST, kinds)])
        for _, address in self._searcher.search(query, limit, count=False).hits:
            yield self._records[address.doc]


def _open(folder: Path) -> tuple[tantivy.Searcher, tantivy.Schema]:
    """Open an index without touching its folder.

    tantivy creates a lock file beside the index even to read it, which a read-only folder refuses and the
    digests of a release would notice. So it is given a folder of links, and that goes once the files are open.
    """
    _require_whole(folder)
    links = Path(tempfile.mkdtemp(prefix="kg-names-"))
    try:
        for path in folder.resolve().iterdir():
            (links / path.name).symlink_to(path)
        index = tantivy.Index.open(str(links))
        # A release never changes, so nothing is to be watched for a newer state.
        index.config_reader("manual")
        return index.searcher(), index.schema
    except (OSError, ValueError) as error:
        raise ReleaseError(f"the names in {folder} cannot be read ({error}); build the release again") from error
    finally:
        # tantivy may still be writing its lock file there, on a thread of its own.
        for _ in range(_REMOVALS):
            shutil.rmtree(links, ignore_errors=True)


def _require_whole(folder: Path) -> None:
    """Refuse an index of another version, or one with a file missing or cut short."""
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
        made = json.loads(meta["payload"])
        whole = all((folder / name).stat().st_size == size for name, size in made["sizes"].items())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"no index of names in {folder} ({error}); build the release again") from error
    if made["format"] != FORMAT or not whole:
        raise ReleaseError(f"the index of names in {folder} is damaged or of another version; build the release again")


def _require(text: str, limit: int) -> None:
    if len(text) > MAX_TEXT:
        raise InputError(f"the name has {len(text)} characters; give at most {MAX_TEXT}")
    if not normalize(text):
        raise InputError("the name is empty; give a name or a part of one")
    if not 1 <= limit <= MAX_LIMIT:
        raise InputError(f"the limit is {limit}; give one from 1 to {MAX_LIMIT}")


class _Rank(NamedTuple):
    """Where a name stands: best first; of equals a thing before what is called after it, a name before an alias."""

    below_best: float
    is_namesake: bool
    field: int
    length: int
    label: str
    reason: str


def _ranked(query: NameQuery, names: Iterable[Record]) -> Iterator[tuple[_Rank, Record]]:
    for record in names:
        if (found := similarity(query, record.known)) is not None:
            score, reason = found
            field = _FIELDS.get(record.known.field, len(_FIELDS))
            yield _Rank(-score, record.kind in _NAMESAKES, field, len(record.text), record.text, reason), record


def _match(record: Record, rank: _Rank, certain: bool) -> Match:
    score = -rank.below_best
    entity, kind, text, language, known = record
    return Match(entity, kind, text, language, known.field, rank.reason, score, certain and score == EXACT)


def _spread(pieces: list[str], number: int) -> list[str]:
    """Take so many of some pieces, from all parts of the name alike.

    >>> _spread(["a", "b", "c", "d", "e"], 3)
    ['a', 'b', 'd']
    """
    if len(pieces) <= number:
        return pieces
    return [pieces[at * len(pieces) // number] for at in range(number)]
