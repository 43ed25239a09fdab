"""Writes the list of the 通用规范汉字表 from the Unicode Han Database.

    python tools/characters.py /usr/share/unicode/Unihan_OtherMappings.txt.bz2 --into assets/characters

(Debian's package unicode-data has the file.)
"""

from __future__ import annotations

import argparse
import bz2
import re
from pathlib import Path

ENDS = (3500, 6500, 8105)
"""The last number of each of the table's three levels."""
_FIELD = re.compile(r"(?m)^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$")


def read_table(path: Path) -> list[str]:
    """The characters in the order of the table."""
    text = bz2.decompress(path.read_bytes()).decode("utf-8")
    numbered = {int(number): chr(int(code, 16)) for code, number in _FIELD.findall(text)}
    if sorted(numbered) != list(range(1, ENDS[-1] + 1)):
        raise SystemExit(f"{path}: not all of the {ENDS[-1]} characters are there")
    return [numbered[number] for number in sorted(numbered)]


def main() -> None:
    """Writes a line for each level."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--into", required=True, type=Path)
    arguments = parser.parse_args()
    table = read_table(arguments.source)
    lines = ["".join(table[start:end]) + "\n" for start, end in zip((0, *ENDS), ENDS, strict=False)]
    (arguments.into / "standard.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
