"""Every example in a help text is run, or at least parsed where it serves, builds or needs another's file."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS, group, run
from kg.graph import Graph

# These serve, build or read a file that is somebody's own: their arguments are parsed, and nothing is run.
PARSED = frozenset({"serve", "mcp", "completion", "build", "check", "cite", "verify", "diff", "match"})
NO_COMMAND = re.compile(r"\s*(?:\||&&|>|<|\s{3,}in |\s{3,}).*")


def command_of(name: str) -> click.Command:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


def examples() -> Iterator[tuple[str, str]]:
    """Give each line of a help text that is a command, without what it is piped into."""
    for name in COMMANDS:
        for line in (command_of(name).help or "").splitlines():
            found = re.match(rf"\s*(kg {name}(?: .*)?)$", line)
            if found and not line.strip().startswith("kg {"):
                yield name, found[1]


EXAMPLES = sorted(set(examples()))


def words_of(line: str) -> list[str]:
    """Give the arguments of an example, up to where its output goes elsewhere."""
    words: list[str] = []
    for word in shlex.split(line)[2:]:
        if word in ("|", "&&", ">", "<"):
            break
        words.append(word)
    return words


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_of_a_help_text_runs(
    name: str, line: str, wide_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_RELEASES", str(wide_graph.release.path.parent))
    for file in ("companies.csv", "article.html", "guian-2023-06-17.txt", "before", "after"):
        (tmp_path / file).write_text("company,region\nCATL,Fujian\n", encoding="utf-8")
    words = words_of(line)
    if name in PARSED or "<" in line or "-" in words[:1]:
        with command_of(name).make_context(name, words) as context:
            assert context.params or not words
            for held in context.params.values():
                if isinstance(held, io.IOBase):
                    held.close()
        return
    assert run([name, *words]) == 0


def test_there_are_examples_of_most_commands() -> None:
    assert len({name for name, _ in EXAMPLES}) > len(COMMANDS) / 2
    assert len(EXAMPLES) > 40
