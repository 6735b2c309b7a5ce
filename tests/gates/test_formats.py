"""Formats stand once, in `kg.formats`: no other module has a table of media types or of suffixes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kg import formats
from kg.export.formats import find_writer

PACKAGE = Path(__file__).parents[2] / "kg"
REGISTRY = "formats.py"
FAMILIES = [one for one in vars(formats).values() if isinstance(one, type(formats.RESULTS))]

_MEDIA_TYPE = re.compile(r"\s*(application|audio|font|image|message|multipart|text|video)/[\w.+*-]+\s*(;.*)?")


def media_types(source: str) -> list[str]:
    """Give the texts in a module that are a media type; a sentence or a docstring that names one is none."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and _MEDIA_TYPE.fullmatch(text)]


def suffix_tables(source: str) -> list[int]:
    """Give the lines of collections in which suffixes of three formats or more stand."""
    known = {suffix for family in FAMILIES for one in family.values() for suffix in one.suffixes}
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
            continue
        entries: list[ast.expr | None] = [*node.keys] if isinstance(node, ast.Dict) else [*node.elts]
        held = {str(one.value).removeprefix(".") for one in entries if isinstance(one, ast.Constant)}
        if len(held & known) > 2 and held <= known | {one.name for family in FAMILIES for one in family.values()}:
            found.append(node.lineno)
    return found


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).as_posix() != REGISTRY]


# What writes: a call of each by its name, which the registry cannot hold.
WRITERS = {"tables/table.py", "draw/picture.py", "operations/rdf_writer.py"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_other_module_has_a_table_of_formats(path: Path) -> None:
    source = path.read_text("utf-8")
    assert media_types(source) == []
    assert suffix_tables(source) == [] or path.relative_to(PACKAGE).as_posix() in WRITERS


@pytest.mark.parametrize(
    "bad",
    [
        "CSV = 'text/csv'",
        "OFFERED = {'json': ('application/json',)}",
        "answer(body, media_type='text/html; charset=utf-8')",
        "if media == 'application/ld+json': pass",
        "FILES = ('image/svg+xml', 'x')",
    ],
)
def test_a_media_type_elsewhere_is_seen(bad: str) -> None:
    assert media_types(bad)


def test_a_table_of_suffixes_elsewhere_is_seen() -> None:
    assert suffix_tables("FORMS = ('ttl', 'nt', 'jsonld')") == [1]
    assert suffix_tables("x = 1\nNAMES = {'.csv': a, '.json': b, '.md': c}") == [2]
    assert suffix_tables("COLUMNS = ('csv', 'json')\nWORDS = ('ttl', 'nt', 'rdf', 'entity')") == []
    assert media_types("def f():\n    'Gives text/csv, or application/json.'\nsay('send text/csv')") == []


def test_each_format_is_whole() -> None:
    assert FAMILIES
    for family in FAMILIES:
        for name, one in family.items():
            assert name in (one.name, *one.suffixes)
            assert one.title
            assert all(_MEDIA_TYPE.fullmatch(media) for media in one.media_types)
            assert one.suffixes


def test_each_export_has_a_writer_and_a_file_in_the_folder_of_all() -> None:
    for one in (*formats.EXPORTS.values(), *formats.EXPORT_TABLES.values()):
        assert callable(find_writer(one))
        assert one.about
    names = [one.packed_as for one in formats.EXPORTS.values()]
    assert all(names)
    assert len(set(names)) == len(names)
