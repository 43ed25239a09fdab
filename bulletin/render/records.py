"""Small text files that commands write for people and for the next run: clearances, schemas, scaffolds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bulletin.model.artifact import Artifact
from bulletin.model.finding import Decision
from bulletin.model.issue import Clearance, PrintRecord, SignOffRecord
from bulletin.model.key import IssueKey
from bulletin.model.publication import Kind
from bulletin.model.register import Head
from bulletin.render.templates import fill

_UNTITLED = "请填写标题"
_PLAIN = re.compile(r"[\w\u4e00-\u9fff（）、—][\w\u4e00-\u9fff（）、，。—·《》“” -]*(?<! )")


def yaml_text(value: object) -> str:
    """A scalar as YAML: plain where that is safe, quoted otherwise."""
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def render_clearances(key: IssueKey, clearances: tuple[Clearance, ...]) -> Artifact:
    """`issues/<key>/clearances.yaml`: the log, oldest entry first.

    An entry begins and ends with what no other has, so that Git, which takes equal lines out of both ends of a conflict, leaves entries
    of two editors whole.
    """
    lines = ["# 公开审签记录，由 bulletin clear 写入，只增不改；文章改动后自动失效。", "clearances:"]
    for clearance in clearances:
        lines += [
            f"  - at: {json.dumps(clearance.at)}",
            f"    article: {yaml_text(clearance.slug)}",
            f"    number: {clearance.number}",
            f"    by: {yaml_text(clearance.by)}",
            _taken_back(clearance) if not clearance.digest else f"    digest: {json.dumps(clearance.digest)}",
            *([f"    reason: {json.dumps(clearance.reason, ensure_ascii=False)}"] if clearance.reason else []),
            *([f"    chain: {json.dumps(clearance.chain)}"] if clearance.chain else []),
        ]
    if not clearances:
        lines[-1] += " []"
    return Artifact(f"issues/{key}/clearances.yaml", "application/yaml", ("\n".join(lines) + "\n").encode())


def _taken_back(clearance: Clearance) -> str:
    return "    withdrawn: true  # 撤稿" if clearance.withdrawn else "    # 撤回"


def render_signoff(key: IssueKey, record: SignOffRecord) -> Artifact:
    """`issues/<key>/signoff.yaml`."""
    lines = ["# 签发记录，由 bulletin sign 写入；内容或版式改动后自动失效。"]
    if signed := record.signoff:
        lines += ["signoff:", f"  by: {yaml_text(signed.by)}", f"  at: {json.dumps(signed.at)}"]
        lines += [f"  pdf: {json.dumps(signed.printed.pdf)}", "  parts:"]
        for part, digest in signed.printed.parts:
            lines += [f"    - part: {yaml_text(part)}", f"      digest: {json.dumps(digest)}"]
    lines += ["forced:" if record.forced else "forced: []"]
    for forced in record.forced:
        lines += [f"  - by: {yaml_text(forced.by)}", f"    at: {json.dumps(forced.at)}"]
        lines += [f"    reason: {yaml_text(forced.reason)}", f"    pdf: {json.dumps(forced.pdf)}"]
    return Artifact(f"issues/{key}/signoff.yaml", "application/yaml", ("\n".join(lines) + "\n").encode())


def render_decisions(key: IssueKey, decisions: tuple[Decision, ...]) -> Artifact:
    """`issues/<key>/decisions.yaml`: what is in force, in the order of the articles."""
    lines = ["# 校对的决定，由 bulletin decide 写入；那句话改了，决定就不再算数（bulletin check 会说）。", "decisions:"]
    for said in decisions:
        texts = {"reason": said.reason, "by": said.by, "at": said.at, "words": said.words}
        lines += [f"  - finding: {json.dumps(said.fingerprint)}", f"    code: {said.code}"]
        lines += [f"    article: {yaml_text(said.article)}"] if said.article else []
        lines += [f"    decision: {said.verdict.value}"]
        lines += [f"    {name}: {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items()]
    if not decisions:
        lines[-1] += " []"
    return Artifact(f"issues/{key}/decisions.yaml", "application/yaml", ("\n".join(lines) + "\n").encode())


def render_anchor(key: IssueKey, head: Head) -> Artifact:
    """`issues/<key>/copies.yaml`."""
    lines = ["# 份号登记册最后一笔的笔数和校验，由 bulletin copies 写入；登记册丢了、退回旧本，由此看得出来。"]
    lines += [f"seq: {head.seq}", f"hash: {json.dumps(head.hash)}"]
    return Artifact(f"issues/{key}/copies.yaml", "application/yaml", ("\n".join(lines) + "\n").encode())


def render_print_record(key: IssueKey, record: PrintRecord) -> Artifact:
    """`<key>/print.json`, beside the print PDF."""
    text = json.dumps(asdict(record), indent=2) + "\n"
    return Artifact(f"{key}/print.json", "application/json", text.encode())


def render_schemas(schemas: Mapping[str, object]) -> tuple[Artifact, ...]:
    """`.schemas/<name>.json` for each JSON Schema by name."""
    return tuple(
        Artifact(
            f".schemas/{name}.json",
            "application/schema+json",
            (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode(),
        )
        for name, schema in schemas.items()
    )


def render_publication_scaffold(templates: tuple[str, ...], title: str, publisher: str) -> tuple[Artifact, ...]:
    """The files of a new publication, ready to build once an issue is added."""
    values = {"title": title, "publisher": publisher}
    files = {
        ".gitignore": "scaffold/gitignore",
        "house/recipients.yaml": "scaffold/recipients.yaml",
        "house/terms.yaml": "scaffold/terms.yaml",
        "bulletin.yaml": "scaffold/bulletin.yaml",
    }
    return tuple(_scaffold(templates, template, path, values) for path, template in files.items())


def render_first_issue(templates: tuple[str, ...], key: IssueKey, serial: int, day: date, recipient: str) -> Artifact:
    """`issue.yaml` of a publication's first issue."""
    values = {"number": key.number, "supplement": key.supplement, "serial": serial, "date": day, "recipient": recipient}
    return _scaffold(templates, "scaffold/issue.yaml", f"issues/{key}/issue.yaml", values)


def render_next_issue(last: str, key: IssueKey, serial: int, day: date) -> Artifact:
    """`issue.yaml` of the next issue from the text of the last one's: new numbers and date, all else carried over.

    A 要览 set by hand is dropped, because it speaks of the last issue.
    """
    kept = re.sub(
        r"(?m)^[\"']?highlights[\"']?\s*:.*\n(?:(?:[ \t-]|#).*\n|\n)*", "", last if last.endswith("\n") else last + "\n"
    )
    kept = re.sub(r"(?m)^[\"']?(serial|supplement|number)[\"']?\s*:.*\n", "", kept)
    kept = re.sub(r"(?m)^([\"']?date[\"']?\s*:\s*)\S+", rf"\g<1>{day}", kept)
    running = "supplement: true\n" if key.supplement else f"serial: {serial}\n"
    comments = re.match(r"(?:#.*\n)*", kept)
    leading = comments.end() if comments else 0
    text = f"{kept[:leading]}number: {key.number}\n{running}{kept[leading:]}"
    return Artifact(f"issues/{key}/issue.yaml", "application/yaml", text.encode())


def render_article_scaffold(
    templates: tuple[str, ...], path: str, kind: Kind, title: str, day: date | None
) -> Artifact:
    """A new article with the fields that its kind requires."""
    return _scaffold(
        templates, "scaffold/article.md", path, {"kind": kind, "title": title or _UNTITLED, "date": day or "请填写"}
    )


def _scaffold(templates: tuple[str, ...], template: str, path: str, values: Mapping[str, object]) -> Artifact:
    environment = Environment(  # noqa: S701  plain text, not HTML
        loader=FileSystemLoader(templates), undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters["yaml"] = yaml_text
    return Artifact(path, "text/plain", fill(environment, template, **values).encode())
