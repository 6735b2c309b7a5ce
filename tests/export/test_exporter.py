"""Exports as they are delivered: files, folders and streams, whole or not at all, each described for its readers."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg import export
from kg.cli import outputs, run
from kg.errors import OutputError, UsageError
from kg.formats import EXPORT_TABLES
from kg.graph import Graph
from kg.release.manifest import verify_sums


@pytest.fixture(scope="module")
def everything(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "everything"
    graph.export("all", folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


def test_everything_is_in_one_folder(everything: Path) -> None:
    verify_sums(everything)
    found = set(names(everything))
    assert {"graph.nq.gz", "graph.trig.gz", "view.ttl", "view.jsonld", "networks.graphml", "networks.gexf"} <= found
    assert {"kg.db", "kg.db-metadata.json", "datapackage.json", "ro-crate-metadata.json"} <= found
    for table in export.TABLES:
        assert {f"csv/{table}.csv", f"spreadsheet/{table}.csv", f"parquet/{table}.parquet"} <= found
    assert "CC-BY-4.0" in (everything / "README.md").read_text("utf-8")


def test_the_same_release_gives_the_same_bytes(graph: Graph, everything: Path, tmp_path: Path) -> None:
    graph.export("all", tmp_path / "again")
    assert contents(tmp_path / "again") == contents(everything)


def test_frictionless_finds_the_package_valid(everything: Path) -> None:
    pytest.importorskip("frictionless")
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=everything, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["valid"], report
    assert {task["name"] for task in report["tasks"]} >= set(export.TABLES)
    package = json.loads((everything / "datapackage.json").read_text("utf-8"))
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_frictionless_finds_a_broken_table(everything: Path, tmp_path: Path) -> None:
    pytest.importorskip("frictionless")
    for name in ("datapackage.json", *(f"csv/{table}.csv" for table in export.TABLES)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((everything / name).read_bytes())
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    package["resources"] = [entry for entry in package["resources"] if entry["path"] == "csv/claims.csv"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    table = tmp_path / "csv" / "claims.csv"
    table.write_text(table.read_text("utf-8").replace(",true,accepted", ",perhaps,accepted", 1), "utf-8")
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not json.loads(done.stdout)["valid"]


def test_the_crate_is_read_as_a_crate(everything: Path, graph: Graph) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    crate = rocrate.ROCrate(everything)
    root = crate.root_dataset
    assert root["license"].id == "https://creativecommons.org/licenses/by/4.0/"
    assert root["version"] == graph.release.id
    assert {part.id for part in root["hasPart"]} == set(names(everything)) - {
        "MANIFEST.sha256",
        "ro-crate-metadata.json",
    }
    assert crate.get("csv/claims.csv")["sha256"]


def test_csvw_describes_each_table(everything: Path) -> None:
    described = json.loads((everything / "csv-metadata.json").read_text("utf-8"))
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    for table in described["tables"]:
        with (everything / table["url"]).open(encoding="utf-8") as file:
            head = file.readline().rstrip("\n").split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == head


def test_a_single_table_is_described_beside_it(graph: Graph, tmp_path: Path) -> None:
    done = graph.export("csv", tmp_path / "claims.csv", tables=["claims"])
    assert [file.name for file in done.files] == ["claims.csv", "claims.csv-metadata.json"]
    described = json.loads(done.files[1].read_text("utf-8"))
    assert described["url"] == "claims.csv"
    assert described["dc:identifier"] == graph.release.id


def test_a_form_that_says_where_it_is_from_stands_alone(graph: Graph, tmp_path: Path) -> None:
    done = graph.export("turtle", str(tmp_path / "a.ttl"))
    assert names(tmp_path) == ["a.ttl"]
    assert done.origin.release == graph.release.id


def test_a_name_in_gz_is_compressed_without_the_hour(graph: Graph, tmp_path: Path) -> None:
    for name in ("a.nq.gz", "b.nq.gz"):
        graph.export("nquads", tmp_path / name)
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.nq.gz").read_bytes()) == (graph.release.path / "graph.nq").read_bytes()


def test_what_is_there_stays(graph: Graph, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    beside = tmp_path / "a.csv-metadata.json"
    beside.write_text("mine")
    with pytest.raises(OutputError, match=r"a\.csv-metadata\.json: the file is there already"):
        graph.export("csv", target, tables=["names"])
    assert names(tmp_path) == ["a.csv-metadata.json"]
    beside.unlink()
    graph.export("csv", target, tables=["names"])
    with pytest.raises(OutputError, match=r"a\.csv: the file is there already"):
        graph.export("csv", target, tables=["names"])
    graph.export("csv", target, tables=["documents"], force=True)
    assert target.read_text("utf-8").startswith("id,title,")


def test_only_an_earlier_export_is_replaced(graph: Graph, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    graph.export("csv", folder, tables=["names", "documents"])
    graph.export("csv", folder, tables=["documents", "entities"], force=True)
    assert "names.csv" not in names(folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="the folder is not empty"):
        graph.export("csv", folder, tables=["names", "documents"], force=True)
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("form", "tables", "words"),
    [
        ("tutle", [], "no format is called 'tutle'; take nquads, "),
        ("csv", ["clams", "names"], "no table is called 'clams'; take entities, "),
        ("turtle", ["claims"], "turtle has no tables to choose from; take csv, spreadsheet, parquet"),
        ("csv", [], "csv makes a file for each table; name a folder"),
        ("all", [], "all formats make a folder"),
    ],
)
def test_what_cannot_be_done_is_said(graph: Graph, form: str, tables: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        graph.export(form, io.BytesIO(), tables=tables)


def test_the_command_knows_the_forms() -> None:
    (taken,) = (one for one in outputs.export.params if one.name == "format")
    assert isinstance(taken.type, click.Choice)
    assert tuple(taken.type.choices) == export.FORMATS
    shown = CliRunner().invoke(outputs.export, ["--help"]).output
    assert all(f"\n  {form} " in shown for form in export.FORMATS)


def test_the_command_writes_where_it_is_told(
    release_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "edges.csv"
    arguments = ["export", "csv", "--table", "edges", "--network", "partnership", "--release", str(release_folder)]
    assert run([*arguments, "-o", str(target)]) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert f"wrote {target}\n" in told.err
    assert "Attribution: " in told.err
    assert run([*arguments, "-o", str(target)]) == 1
    assert capfd.readouterr().err.endswith("replace an earlier export with --force\n")
    assert run([*arguments, "-o", "-", "--quiet"]) == 0
    told = capfd.readouterr()
    assert told.out == target.read_text("utf-8")
    assert told.err == ""


class Gone(io.RawIOBase):
    """A pipe whose reader has gone."""

    def writable(self) -> bool:
        return True

    def write(self, _: object) -> int:
        raise BrokenPipeError(32, "Broken pipe")


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld", "graphml", "gexf", "sqlite"])
def test_a_reader_that_goes_away_is_told_as_such(graph: Graph, form: str) -> None:
    # The command line ends quietly at this error; it is no fault of the export.
    with pytest.raises(BrokenPipeError):
        graph.export(form, Gone())  # type: ignore[arg-type]


def test_a_killed_export_leaves_no_half_file(release_folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "kg.db"
    command = [sys.executable, "-m", "kg", "export", "sqlite", "--release", str(release_folder), "-o", str(target)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not any(tmp_path.iterdir()):
            os.sched_yield()
        process.kill()
    assert not target.exists()


def test_a_database_is_nothing_for_a_terminal(release_folder: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "kg", "export", "sqlite", "--release", str(release_folder)]
    done = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, text=True, check=False)
    os.close(follower)
    os.close(leader)
    assert done.returncode == 2
    assert done.stderr == "kg: sqlite is nothing for a terminal; name a file with -o\n"


def test_the_command_and_its_messages_take_formats_from_the_registry(graph: Graph) -> None:
    [option] = [one for one in outputs.export.params if one.name == "tables"]
    assert ", ".join(EXPORT_TABLES) in str(option.to_info_dict()["help"])
    with pytest.raises(UsageError, match=r"take graphml or gexf, or of csv, spreadsheet and parquet the tables"):
        graph.export("turtle", io.BytesIO(), stage="CellManufacturing")
