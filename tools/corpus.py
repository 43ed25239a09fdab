"""Makes a large archive for measuring: the paragraphs of the sample publication dealt anew, places, names and numbers changed.

    python tools/corpus.py FOLDER --target bulletin --issues 500 --articles 10 --chars 3500

The same arguments give the same bytes. Targets are the program itself (every article cleared) and the rivals of `bench_site.py`, with the same
text; prints, as JSON, the size, a SHA-256 of all files, and in how many articles each probe occurs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from bulletin.compose import digest_of
from bulletin.load.folders import list_folders
from bulletin.load.issue import load_issue
from bulletin.load.publication import load_publication
from bulletin.model.issue import Clearance
from bulletin.model.numbering import typed_number
from bulletin.model.problem import has_errors
from bulletin.render.records import render_clearances

REPOSITORY = Path(__file__).resolve().parent.parent
TITLE, PUBLISHER = "银龄工作动态", "中共江澜省委老干部局"
ADDRESS = "https://lgb.example.gov.cn/dongtai/"
FIRST_YEAR, ISSUES_A_YEAR = 2005, 25
PLACES = (
    "云陂市", "南栎县", "青屏市", "石桁县", "临溪市", "澜阳市", "松坪县", "柘川县", "梅岭县", "望湖县",
    "古渡县", "竹溪县", "安塘县", "白鹭县", "沙洲县", "长亭县", "丹霞县", "青埠县", "汀源县", "枫桥县",
    "芦荡县", "龙潭县", "永宁县", "靖边县", "桂岭县", "双河县", "瑶湖县", "东岭县", "西津县", "北屿县",
)  # fmt: skip
NAMED = re.compile("云陂市|南栎县|青屏市|石桁县|临溪市|澜阳市|临溪|槐荫里|云栈区")
NUMBER = re.compile(r"(?<![\d.〔—～-])\d{1,5}(?![\d.〕年月日—～-])")
FAMILY, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰春梅红"
SUBJECTS = (
    "支部建设", "组织生活", "银发人才", "乡村振兴", "志愿服务", "老年大学", "走访慰问", "精准服务", "宣传调研", "关心下一代",
)  # fmt: skip
PROBES = (
    *PLACES[:4], "书屋", "油茶", "党支部", "组织生活", "老码头", "3860", "双线管理", "清水塘街道", "活到老", "红枫行动",
)  # fmt: skip
"""Words and numbers to look for, from one that is nearly everywhere to one that is nowhere."""
_SAYINGS = ("这是老同志的心里话", "我们还想再做点事", "党组织就是我们的家", "活到老、学到老")
_LEAD = re.compile(r"\*\*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])\s*")


@dataclass(frozen=True, slots=True)
class Size:
    """How much text is made: `chars` are those of an article, about."""

    issues: int = 500
    articles: int = 10
    chars: int = 3500


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article; a speech has a speaker, a report a unit. `blocks` are paragraphs and headings in Markdown."""

    number: int
    title: str
    unit: str
    speaker: str
    subjects: tuple[str, ...]
    blocks: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.blocks) + "\n"


@dataclass(frozen=True, slots=True)
class IssueText:
    """An issue: `serial` is its running number, `number` that in its year."""

    serial: int
    year: int
    number: int
    day: date
    articles: tuple[ArticleText, ...]

    @property
    def folder(self) -> str:
        return f"{self.year}/{self.number:02}"

    @property
    def name(self) -> str:
        return f"{self.year}年第{self.number}期（总第{self.serial}期）"


@dataclass(frozen=True, slots=True)
class Pool:
    """What is dealt: the sample's titles, headings and paragraphs."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    paragraphs: tuple[str, ...]


def read_pool(folder: Path = REPOSITORY / "issues") -> Pool:
    """The plain paragraphs of the articles below `folder`, and what could be a title or a heading, without numbers."""
    titles, headings, paragraphs = [], [], []
    for path in sorted(folder.glob("*/*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        titles += re.findall(r"(?m)^title: (.+)$", front)
        for block in body.strip().split("\n\n"):
            if block.startswith("##"):
                headings.append(_unnumbered(block.lstrip("# ")))
            elif len(block) >= 60 and not re.search(r"[\n|<\[\]!]|^[#>-]", block):
                paragraphs.append(_LEAD.sub("**", block))
    return Pool(tuple(titles), tuple(headings), tuple(paragraphs))


def _unnumbered(heading: str) -> str:
    typed = typed_number(heading)
    return heading[typed.width :] if typed else heading


def make_issues(pool: Pool, size: Size) -> Iterator[IssueText]:
    """The issues, the oldest first; each is the same whatever others there are."""
    for serial in range(1, size.issues + 1):
        year, before = divmod(serial - 1, ISSUES_A_YEAR)
        chance = random.Random(f"issue {serial}")  # noqa: S311  the same each time
        articles = tuple(_article(number, pool, size.chars, chance) for number in range(1, size.articles + 1))
        day = date(FIRST_YEAR + year, 1, 5) + timedelta(days=14 * before)
        yield IssueText(serial, FIRST_YEAR + year, before + 1, day, articles)


def _article(number: int, pool: Pool, chars: int, chance: random.Random) -> ArticleText:
    place = chance.choice(PLACES)
    blocks: list[str] = []
    start, count = chance.randrange(len(pool.paragraphs)), 0
    while sum(map(len, blocks)) < chars:
        if count % 5 in (0, 2):
            blocks.append(("## " if count % 5 == 0 else "### ") + chance.choice(pool.headings))
        chosen = (
            (start + count) % len(pool.paragraphs) if chance.random() < 0.5 else chance.randrange(len(pool.paragraphs))
        )
        blocks.append(_varied(pool.paragraphs[chosen], chance))
        count += 1
    title = f"{_varied(chance.choice(pool.titles), chance)}——{place}之{number}"
    speaker = _person(chance) if number % 4 == 1 else ""
    subjects = tuple(sorted(chance.sample(SUBJECTS, chance.randrange(3))))
    return ArticleText(number, title, f"中共{place[:-1]}{place[-1]}委老干部局", speaker, subjects, tuple(blocks))


def _varied(text: str, chance: random.Random) -> str:
    text = NAMED.sub(lambda found: chance.choice(PLACES) if chance.random() < 0.8 else found[0], text)
    text = NUMBER.sub(lambda found: found[0] if chance.random() < 0.3 else _another(found[0], chance), text)
    if len(text) > 60 and chance.random() < 0.15:
        text += f"{chance.choice(PLACES)}老党员{_person(chance)}说：“{chance.choice(_SAYINGS)}。”"
    return text


def _another(number: str, chance: random.Random) -> str:
    """A number of as many digits."""
    return str(chance.randrange(10 ** (len(number) - 1), 10 ** len(number)))


def _person(chance: random.Random) -> str:
    return chance.choice(FAMILY) + "".join(chance.sample(GIVEN, 2))


# Targets


File = tuple[str, str]
"""A path below the folder, and the text of the file."""


def _bulletin(issue: IssueText) -> Iterator[File]:
    folder = f"issues/{issue.year}-{issue.number:02}"
    yield (
        f"{folder}/issue.yaml",
        f"number: {issue.number}\nserial: {issue.serial}\ndate: {issue.day}\nmarking: [内部资料, 注意保存]\n"
        "editors: {responsible: 周砚, editors: [程以宁, 罗钰], phone: 0386-8612047}\n"
        "distribution:\n  发: [[各市委老干部局]]\narchive: 10\nspare: 0\n",
    )
    for each in issue.articles:
        front = [f"title: {each.title}"]
        if each.speaker:
            front += ["kind: speech", f"speaker: {each.speaker}", "position: 省委老干部局副局长", f"date: {issue.day}"]
        else:
            front += ["kind: report", f"organization: {each.unit}"]
        front += [f"subjects: [{', '.join(each.subjects)}]"] if each.subjects else []
        yield f"{folder}/{each.number:02}-a{each.number:02}.md", "\n".join(["---", *front, "---", "", each.body])


def _pages(content: str, index: str) -> Callable[[IssueText], Iterator[File]]:
    """For generators whose pages lie as their sources do; `index` is the name of the file of a folder itself."""

    def files(issue: IssueText) -> Iterator[File]:
        own = {"title": issue.name, "layout": "issue", "permalink": f"{issue.folder}/index.html"}
        yield f"{content}{issue.folder}/{index}", _front({**own, "articles": _entries(issue)})
        for each, fields in zip(issue.articles, _fields(issue), strict=True):
            path = f"{issue.folder}/{each.number:02}"
            head = _front({**fields, "layout": "article", "permalink": f"{path}/index.html"})
            yield f"{content}{path}.md", f"{head}\n{each.body}"

    return files


def _pelican(issue: IssueText) -> Iterator[File]:
    for each, fields in zip(issue.articles, _fields(issue), strict=True):
        lines = [
            f"{name}: {json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value}"
            for name, value in fields.items()
        ]
        head = [*lines, f"Slug: {issue.folder}/{each.number:02}", f"Category: {issue.year}-{issue.number:02}", "", ""]
        yield f"content/{issue.year}/{issue.number:02}-{each.number:02}.md", "\n".join(head) + each.body


def _fields(issue: IssueText) -> Iterator[dict[str, object]]:
    """What the page of each article shows beside its text: where it comes from, and the articles before and after it."""
    entries = _entries(issue)
    for place, each in enumerate(issue.articles):
        around = {
            "before": entries[place - 1] if place else None,
            "after": entries[place + 1] if place + 1 < len(entries) else None,
        }
        shown = {"title": each.title, "date": str(issue.day), "unit": each.speaker or each.unit, "issue": issue.name}
        yield {**shown, **{name: entry for name, entry in around.items() if entry}}


def _entries(issue: IssueText) -> list[dict[str, str]]:
    return [{"number": f"{each.number:02}", "title": each.title} for each in issue.articles]


def _front(fields: dict[str, object]) -> str:
    """Front matter in YAML, whose every value is JSON."""
    return (
        "---\n"
        + "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
        + "---\n"
    )


TARGETS: dict[str, Callable[[IssueText], Iterator[File]]] = {
    "bulletin": _bulletin,
    "hugo": _pages("content/", "_index.md"),
    "eleventy": _pages("content/", "index.md"),
    "mkdocs": _pages("docs/", "index.md"),
    "pelican": _pelican,
}


def _home(target: str, issues: tuple[IssueText, ...]) -> Iterator[File]:
    """The files that are no issue's."""
    entries = [{"path": issue.folder, "title": issue.name} for issue in reversed(issues)]
    if target == "bulletin":
        web = f"web:\n  url: {ADDRESS}\n  description: {TITLE}各期文章\n  pdf: false\n"
        yield "bulletin.yaml", f"title: {TITLE}\npublisher: {PUBLISHER}\nlanguage: zh-CN\nprofile: jianbao\n{web}"
        yield "house/recipients.yaml", "groups:\n  - {name: 各市委老干部局, count: 14, copies: 2}\n"
    elif target == "pelican":
        yield (
            "issues.json",
            json.dumps({f"{issue.year}-{issue.number:02}": issue.name for issue in issues}, ensure_ascii=False),
        )
    else:
        path = {"hugo": "content/_index.md", "eleventy": "content/index.md", "mkdocs": "docs/index.md"}[target]
        yield path, _front({"title": TITLE, "layout": "home", "issues": entries})


@dataclass(frozen=True, slots=True)
class Made:
    """What was made; `probes` says in how many articles each word occurs."""

    issues: int
    articles: int
    characters: int
    sha256: str
    probes: dict[str, int]


def write_corpus(target: str, folder: Path, size: Size) -> Made:
    """Writes the archive for a target into the folder."""
    issues = tuple(make_issues(read_pool(), size))
    digest = hashlib.sha256()
    files = (*(file for issue in issues for file in TARGETS[target](issue)), *_home(target, issues))
    for path, text in files:
        _write(folder / path, text.encode())
        digest.update(path.encode() + b"\0" + text.encode())
    if target == "bulletin":
        for key in list_folders(folder).keys:
            digest.update(clear_issue(folder, str(key)))
    texts = ["\n".join((each.title, *each.blocks)) for issue in issues for each in issue.articles]
    probes = {probe: sum(probe in text for text in texts) for probe in PROBES}
    return Made(len(issues), len(texts), sum(map(len, texts)), digest.hexdigest(), probes)


def clear_issue(root: Path, name: str) -> bytes:
    """Records that every article of an issue may be public as it stands now; returns the record.

    Raises:
        SystemExit: The issue has errors: it is no archive that could be measured.
    """
    folders = list_folders(root)
    key = next(key for key in folders.keys if str(key) == name)
    publication = load_publication(root).value
    read = load_issue(root, key, publication, folders) if publication else None
    if read is None or read.value is None or has_errors(read.problems):
        raise SystemExit(f"{name}: {read.problems[:3] if read else 'no publication'}")
    cleared = (
        Clearance(
            each.slug, number, "周砚", f"{read.value.head.date}T08:00:00+08:00", digest_of(each, read.value.pictures)
        )
        for number, each in enumerate(read.value.manuscripts, start=1)
    )
    record = render_clearances(key, tuple(cleared))
    _write(root / record.path, record.content)
    return record.content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def main() -> None:
    """Writes one archive and says what it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", choices=TARGETS, default="bulletin")
    for name, usual in asdict(Size()).items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    given = parser.parse_args()
    made = write_corpus(given.target, given.folder, Size(given.issues, given.articles, given.chars))
    json.dump(asdict(made), sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
