"""Reads the named questions and the rules of an ontology folder, each with what its rows rest on."""

from __future__ import annotations

from pathlib import Path

from kg.claims.rules import Rule, read_rules
from kg.errors import InputError
from kg.languages import LANGUAGES
from kg.provenance.lineage import Lineage
from kg.provenance.lineage_parser import parse_lineage
from kg.questions.question import KINDS, SHAPES, Parameter, Question
from kg.sparql.query_file import Header, read_query_file

__all__ = ["read_questions", "read_rule_lineages"]


def read_questions(folder: Path) -> list[Question]:
    """Read the questions of an ontology's `questions/` folder, in order of their names."""
    return [_read_question(path) for path in sorted(folder.glob("*.rq"))]


def _read_question(path: Path) -> Question:
    header, text = read_query_file(path)
    shapes = tuple(shape.strip() for shape in header.one("shape").split(","))
    for shape in shapes:
        if shape not in SHAPES:
            raise InputError(f"{path.name}: {shape!r} is no shape; use one of {', '.join(SHAPES)}")
    return Question(
        name=path.stem,
        title={"en": header.one("title-en"), "zh": header.one("title-zh")},
        shapes=shapes,
        parameters=tuple(_parameter(line, header) for line in header.all("parameter")),
        columns=tuple(column.strip() for column in header.one("columns").split(",")),
        absent=(header.all("absent") or ["not stated"])[0],
        text=text,
        lineage=parse_lineage(text),
        answered_by=(header.all("answered-by") or [""])[0],
        notes=_in_languages(header, "note"),
        task=_in_languages(header, "task"),
    )


def _in_languages(header: Header, key: str) -> dict[str, str]:
    """Give a text in every language, or nothing where there is none; one in one language needs the others as well."""
    if not any(header.all(f"{key}-{language}") for language in LANGUAGES):
        return {}
    return {language: header.one(f"{key}-{language}") for language in LANGUAGES}


def _parameter(line: str, header: Header) -> Parameter:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 5 or parts[1] not in KINDS:
        form = f"name | {'/'.join(KINDS)} | default | help | 说明"
        raise InputError(f"{header.file}: {line!r} is no parameter; write {form}")
    return Parameter(*parts)


def read_rule_lineages(folder: Path) -> list[tuple[Rule, Lineage]]:
    """Read the rules of an ontology's `rules/` folder, each with what its inferences rest on."""
    return [(rule, parse_lineage(rule.text)) for rule in read_rules(folder)]
