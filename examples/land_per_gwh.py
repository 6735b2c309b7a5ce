"""Land per GWh of the bases, as a data frame: `python examples/land_per_gwh.py`. Needs pandas (extra `tables`)."""

from __future__ import annotations

import kg


def main() -> None:
    """Print the bases by hectares per GWh, the widest first."""
    frame = kg.open().ask("land-per-gwh").df()
    columns = [name for name in frame.columns if name.endswith("_name") or name == "hectares_per_gwh"]
    print(frame.sort_values("hectares_per_gwh", ascending=False)[columns].to_string(index=False))


if __name__ == "__main__":
    main()
