"""The manual of the proofreader's rules, a page a rule, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulletin.model.finding import Manual, Safety
from bulletin.model.problem import Severity

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
_FIXES = {Safety.SAFE: "可以自动改（`--fix`）", Safety.UNSAFE: "看过再改（`--unsafe-fixes`）", Safety.NONE: "要人来改"}
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~"})
_FOREWORD = """\
# 校对规则

这里是 `bulletin check` 的全部校对规则，由 `bulletin explain --format markdown` 从程序里写出来，不要手工改。

- **轻重**：错误和警告，改掉，或者写明理由保留，才能付印；错误多半真是错，警告要看一看。提示供参考，不管也能付印。
- **依据**：国标，写明条款；实务，机关公文和报刊的通行做法，或者词典、语法、算术；本局，自己定的规矩，多半记在 `house/` 里。
- 改得准的，`bulletin check --fix` 自动改；要人看一眼的，先用 `--diff --unsafe-fixes` 看会改成怎样，再用 `--unsafe-fixes` 改。引文、书名号里的题名、文号、人名，程序从不改动。
- 原样保留：`bulletin decide 期号 编号 --keep --reason 理由 --by 姓名`（编号写在每个问题的末行），或者在那一段里写 `<!-- 校:保留 代码 理由 -->`；要问作者，用 `--ask` 或 `校:存疑`。
"""


def render_manual(groups: Iterable[tuple[str, Sequence[Manual]]]) -> str:
    """All pages, by groups of rules with their names."""
    named = tuple(groups)
    parts = [_FOREWORD, *(_contents(name, manuals) for name, manuals in named)]
    for name, manuals in named:
        parts.append(f"## {name}\n")
        parts += [render_page(manual) for manual in manuals]
    return "\n".join(parts)


def _contents(name: str, manuals: Sequence[Manual]) -> str:
    rows = "".join(
        f"| [{each.code}](#{each.code.lower()}) | {_text(str(each.title))} | {_SEVERITIES[each.severity]} | {each.strength.value} |\n"
        for each in manuals
    )
    return f"| {name} | | 轻重 | 依据 |\n|---|---|---|---|\n{rows}"


def render_page(manual: Manual) -> str:
    """The page of one rule."""
    return "\n".join(_page(manual))


def _page(manual: Manual) -> Iterator[str]:
    yield f'### <a id="{manual.code.lower()}"></a>{manual.code}　{_text(str(manual.title))}\n'
    yield f"{_text(str(manual.says))}\n"
    yield f"{_SEVERITIES[manual.severity]}；{manual.strength.value}：{_text(manual.source)}；{_FIXES[manual.safety]}。\n"
    if manual.given:
        yield f"词库（`house/`）里写着：\n\n```yaml\n{manual.given.rstrip()}\n```\n"
    yield from (f"- ✗ {_example(text)}" for text in manual.bad)
    yield from (f"- ✓ {_example(text)}" for text in manual.good)
    yield ""


def _example(text: str) -> str:
    """Paragraphs of an example stand below each other."""
    return "<br>".join(map(_text, text.split("\n")))


def _text(text: str) -> str:
    return text.translate(_MARKS)
