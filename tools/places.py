"""Writes the list of China's places to county level from the npm package `@vant/area-data` (MIT).

    python tools/places.py --into assets/house            # fetches the package with npm
    python tools/places.py vant-area-data-2.1.0.tgz --check assets/house

A province stands flush left, its cities under it by one blank, their counties by two; after a name, its short form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "@vant/area-data@2.1.0"
SHA256 = "cbb91deab2d568ab5ab94347d863ab59e050059233263b3f2df5bc546ddf14d6"
_PLACE = re.compile(r'(?m)^\s+"?(\d{6})"?: ("(?:[^"\\]|\\.)*")')
_REAL = re.compile(
    r"^(?!市辖|省直辖|自治区直辖|县$|城区$|郊区$|矿区$)[\u4e00-\u9fff]{1,14}[省市县旗州盟区]$(?<!开发区)(?<!园区)(?<!管理区)(?<!示范区)"
    r"(?<!名胜区)(?<!工业区)(?<!试验区)(?<!高新区)(?<!保护区)(?<!保税区)(?<!合作区)(?<!产业区)(?<!度假区)(?<!经开区)(?<!行政区划)"
)
_PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
_PEOPLE = "|".join(sorted(_PEOPLES, key=len, reverse=True))
_OF_PEOPLES = re.compile(rf"(?<=..)(?:(?:{_PEOPLE})族)+(?=自治[区州县旗]|区$)")
_KIND = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|[省市县旗州盟])$")
_SHORT = {
    "广西壮族自治区": "广西",
    "新疆维吾尔自治区": "新疆",
    "伊犁哈萨克自治州": "伊犁",
    "克孜勒苏柯尔克孜自治州": "克孜勒苏",
    "巴音郭楞蒙古自治州": "巴音郭楞",
    "博尔塔拉蒙古自治州": "博尔塔拉",
}


def read_places(package: Path) -> dict[str, str]:
    """The names by their codes of six digits (GB/T 2260)."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{package}: not {PACKAGE}")
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/dist/index.js")
        source = member.read().decode("utf-8") if member else ""
    return {code: json.loads(name) for code, name in _PLACE.findall(source)}


def short_of(name: str) -> str:
    """How the place is called for short (铁岭县 铁岭); empty of districts, and where a single character would be left."""
    if name.endswith("区") and not name.endswith(("自治区", "地区", "特别行政区", "林区", "特区")):
        return ""
    short = _SHORT.get(name) or _KIND.sub("", _OF_PEOPLES.sub("", name))
    return short if 2 <= len(short) < len(name) else ""


def lines_of(places: dict[str, str]) -> Iterator[str]:
    """The tree, in order of the codes."""
    for code, name in sorted(places.items()):
        depth = 0 if code.endswith("0000") else 1 if code.endswith("00") else 2
        if _REAL.match(name) and not (code.startswith("71") and depth == 2):
            yield " " * depth + " ".join(filter(None, (name, short_of(name))))


def fetch(folder: Path) -> Path:
    """The package, by npm."""
    subprocess.run(["npm", "pack", PACKAGE, "--pack-destination", str(folder)], check=True, capture_output=True)
    return next(folder.glob("*.tgz"))


def main() -> None:
    """Writes the file, or tells whether it is what this makes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, nargs="?")
    goal = parser.add_mutually_exclusive_group(required=True)
    goal.add_argument("--into", type=Path)
    goal.add_argument("--check", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        places = read_places(arguments.package or fetch(Path(folder)))
    text = f"# {PACKAGE}（MIT），tools/places.py\n" + "\n".join(lines_of(places)) + "\n"
    path = (arguments.into or arguments.check) / "places.txt"
    if arguments.into:
        path.write_text(text, encoding="utf-8")
    elif path.read_text("utf-8") != text:
        raise SystemExit(f"{path} is not what {PACKAGE} makes")


if __name__ == "__main__":
    main()
