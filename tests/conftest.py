"""What the tests share: releases built from the data of this repository, and the texts it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.graph import Graph, open_graph
from kg.release.build import build
from kg.settings import Settings
from tests.support.articles import copy_articles
from tests.support.serving import Server, serving

# How long an example takes says how busy the machine is; the first one loads and compiles, too.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")

ROOT = Path(__file__).parents[1]
# The texts are other people's: they lie beside the repository, where they are at hand at all.
TEXTS = ROOT.parent / "shared" / "documents"


def articles(folder: Path) -> Settings:
    """Copy the two articles and the reports on the same events into a folder of their own."""
    copy_articles(folder / "data")
    texts = (TEXTS,) if TEXTS.is_dir() else ()
    return Settings(ROOT / "ontology", folder / "data", folder / "releases", texts)


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a release of the two articles, once for all tests, and give its folder."""
    return build(articles(tmp_path_factory.mktemp("articles")))


@pytest.fixture(scope="session")
def wide_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a release of all data, once for all tests, and give its folder."""
    texts = (TEXTS,) if TEXTS.is_dir() else ()
    return build(Settings(ROOT / "ontology", ROOT / "data", tmp_path_factory.mktemp("releases"), texts))


@pytest.fixture(scope="session")
def wide_graph(wide_folder: Path) -> Graph:
    """Open the release of all data; it is only read, so all tests share it."""
    return open_graph(wide_folder)


@pytest.fixture(scope="session")
def graph(release_folder: Path) -> Graph:
    """Open the release; it is only read, so all tests share it."""
    return open_graph(release_folder)


@pytest.fixture(scope="session")
def site(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the release of the two articles by `kg serve`, once for all tests that only read."""
    # Deadlines have tests of their own; the others must not depend on how busy the machine is.
    settings = ("--client-seconds", "100000", "--timeout", "50")
    with serving(release_folder, tmp_path_factory.mktemp("site"), *settings) as running:
        yield running


@pytest.fixture(scope="session")
def documents() -> Path:
    """Give the folder of the documents' texts, or skip the test."""
    if not TEXTS.is_dir():
        pytest.skip("the documents' texts are not at hand")
    return TEXTS
