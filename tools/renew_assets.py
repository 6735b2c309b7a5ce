"""Fetch what the pictures carry from npm, by exact version: `make assets`. Needs npm; nothing at run time does.

vis-network draws the relationship page. world-atlas holds the land of Natural Earth (1:110 million, public
domain), which is unpacked from TopoJSON to plain rings, so that the package needs no decoder. Borders are left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

DRAW = Path(__file__).parents[1] / "kg" / "draw"
PAGE, MAP = DRAW / "relations" / "assets", DRAW / "map" / "assets"
VIS_NETWORK = "vis-network@10.1.5"
WORLD_ATLAS = "world-atlas@2.0.2"

Ring = list[tuple[float, float]]


def fetch(package: str, folder: Path) -> Path:
    """Download a package and unpack it; gives its folder."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
    archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = folder / archive.removesuffix(".tgz")
    shutil.unpack_archive(folder / archive, target, filter="data")
    return target / "package"


def rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """Unpack the outer rings and lakes of TopoJSON into longitude and latitude, to a hundredth of a degree."""
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (round(x * sx + dx, 2), round(y * sy + dy, 2))
            for x, y in accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        ]
        for arc in topology["arcs"]
    ]
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for numbers in polygon:
                # A negative number is the complement of an arc that is walked backwards.
                points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
                yield [point for at, point in enumerate(points) if not at or point != points[at - 1]]


def main() -> None:
    """Renew every asset."""
    with tempfile.TemporaryDirectory() as name:
        vis, atlas = fetch(VIS_NETWORK, Path(name)), fetch(WORLD_ATLAS, Path(name))
        script = (vis / "standalone" / "umd" / "vis-network.min.js").read_text("utf-8")
        # Developer tools would look for the map that the last line names.
        script = script.rpartition("//# sourceMappingURL=")[0]
        (PAGE / "vis-network.min.js").write_text(script, encoding="utf-8", newline="\n")
        shutil.copyfile(vis / "LICENSE-MIT", PAGE / "vis-network.LICENSE.txt")
        shutil.copyfile(atlas / "LICENSE", MAP / "land.LICENSE.txt")
        land = list(rings(json.loads((atlas / "land-110m.json").read_text("utf-8"))))
    (MAP / "land.json").write_text(json.dumps(land, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
