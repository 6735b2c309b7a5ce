"""Writes the text index of names that `kg.names.index` reads.

The index is a tantivy folder with our own pieces of names in it (see `kg.names.normalize.ngrams`), because no tokenizer
finds a two-character Chinese alias. The same names give the same bytes, so that a release can be built again
and compared. Only the build of a release imports this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from kg.errors import InputError, ReleaseError
from kg.names.index import FORMAT
from kg.names.normalize import Name, ideographs, ngrams, normalize
from kg.names.pinyin import pinyin_keys
from kg.names.records import write_records
from kg.names.similarity import IndexedName

__all__ = ["MAX_NAME", "build_index"]

MAX_NAME = 2000
"""Characters a name may have. Titles of documents are the longest names there are."""

# A ceiling, not a reservation: everything must fit in one segment, as a second one would be merged at a time of
# tantivy's own choosing, and the bytes would differ from build to build. 10^6 names need about a tenth of it.
_WRITER_BYTES = 2_000_000_000

# More than is left where tantivy could not write on.
_PROBE_BYTES = 1_000_000


def build_index(names: Iterable[Name], folder: Path) -> None:
    """Write the index of `names` into an existing, empty folder.

    Order and repetition of the names do not matter. InputError for a name nothing can be read of, or one
    longer than MAX_NAME; ReleaseError for a folder that is absent or in use.
    """
    ordered = sorted(set(names))
    for name in ordered:
        _require_readable(name)
    if not folder.is_dir() or any(folder.iterdir()):
        raise ReleaseError(f"{folder} is not an empty folder; name one for the index of names")
    try:
        _write(ordered, folder)
        # Ready made, so that whoever asks never works out pinyin.
        write_records(
            ((name, IndexedName.of(normalize(name.text), pinyin_keys(name.text), name.field)) for name in ordered),
            folder,
        )
    except ValueError as error:
        # What tantivy makes of a full disk: often no more than that a thread of its own was killed.
        reason = _obstacle(folder) or str(error)
        raise ReleaseError(f"{folder}: the names cannot be written ({reason}); make room and build again") from error
    _make_reproducible(folder)


def _obstacle(folder: Path) -> str:
    """Tell why nothing more can be written into a folder, or ''."""
    probe = folder / "probe"
    try:
        probe.write_bytes(bytes(_PROBE_BYTES))
    except OSError as error:
        return error.strerror or str(error)
    finally:
        probe.unlink(missing_ok=True)
    return ""


def _write(names: Iterable[Name], folder: Path) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for name in names:
        writer.add_document(_document(name, normalize(name.text), pinyin_keys(name.text)))
    writer.commit()
    writer.wait_merging_threads()


def _require_readable(name: Name) -> None:
    if not normalize(name.text):
        raise InputError(f"a name of {name.entity} is empty; give it text or leave it out")
    if len(name.text) > MAX_NAME:
        raise InputError(f"a name of {name.entity} has {len(name.text)} characters; give it at most {MAX_NAME}")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for whole in ("key", "kind", "sound"):
        builder.add_text_field(whole, tokenizer_name="raw", index_option="basic")
    for cut in ("grams", "sound_grams"):
        builder.add_text_field(cut, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _document(name: Name, name_key: str, sound: tuple[str, str]) -> tantivy.Document:
    """Give the pieces by which a name is found."""
    sounds = [each for each in sound if each]
    return tantivy.Document(
        key=name_key,
        kind=name.kind,
        sound=sounds,
        grams=" ".join([*ngrams(name_key), *ideographs(name_key)]),
        sound_grams=" ".join(gram for sound in sounds for gram in ngrams(sound)),
    )


def _make_reproducible(folder: Path) -> None:
    """Give the segment files fixed names, note their sizes, and drop what only a writer needs.

    tantivy names a segment by a random number, in file names and meta.json but nowhere inside the files. The
    sizes let a reader refuse a file cut short, on which tantivy would panic.
    """
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    for number, segment in enumerate(meta["segments"]):
        drawn, fixed = segment["segment_id"], f"00000000-0000-4000-8000-{number:012x}"
        for path in sorted(folder.glob(f"{drawn.replace('-', '')}.*")):
            path.rename(folder / (fixed.replace("-", "") + path.suffix))
        segment["segment_id"] = fixed
    sizes = {path.name: path.stat().st_size for pattern in ("0*", "records.*") for path in folder.glob(pattern)}
    meta["payload"] = json.dumps({"format": FORMAT, "sizes": sizes}, sort_keys=True)
    # tantivy's own is readable to its owner only, which would shut out a server run by another user.
    (folder / "meta.json").unlink()
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for leftover in folder.glob(".*"):
        leftover.unlink()
