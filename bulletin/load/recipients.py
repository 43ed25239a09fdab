"""`house/recipients.yaml`, or a table with the same content, to the recipients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bulletin.load.files import too_large
from bulletin.load.schemas import GroupSchema, MemberSchema, RecipientsSchema, UnitSchema
from bulletin.load.strict_yaml import YamlPath, YamlTree, parse_yaml
from bulletin.load.validate import validate
from bulletin.load.yaml_files import YAML_LIMIT, load_yaml
from bulletin.model.problem import Outcome, Problem, Span, error, message
from bulletin.model.recipient import Recipient, Route, Unit

RECIPIENTS_FILE = "house/recipients.yaml"


def load_recipients(root: Path) -> Outcome[tuple[Recipient, ...]]:
    """The recipients of the publication in the folder `root`."""
    said, tree = load_yaml(root, RECIPIENTS_FILE, RecipientsSchema)
    if said.value is None or tree is None:
        return Outcome(None, said.problems)
    recipients = _recipients(said.value, tree)
    return Outcome(recipients.value, (*said.problems, *recipients.problems))


def recipients_in(content: bytes) -> Outcome[tuple[Recipient, ...]]:
    """The recipients that `house/recipients.yaml` would list if it had this content."""
    if len(content) > YAML_LIMIT:
        return Outcome(None, (too_large(Span(RECIPIENTS_FILE), RECIPIENTS_FILE, len(content), YAML_LIMIT),))
    return recipients_of(parse_yaml(content.decode(), RECIPIENTS_FILE))


def recipients_of(tree: YamlTree) -> Outcome[tuple[Recipient, ...]]:
    """The recipients that a tree says, wherever it was read from."""
    said = validate(tree, RecipientsSchema, tree.path)
    return _recipients(said.value, tree) if said.value else Outcome(None, said.problems)


def _recipients(said: RecipientsSchema, tree: YamlTree) -> Outcome[tuple[Recipient, ...]]:
    units = [_unit(unit, unit, ("units", index), tree) for index, unit in enumerate(said.units)]
    groups = [_group(group, index, tree) for index, group in enumerate(said.groups)]
    recipients = (*(Recipient(unit.name, (unit,), unit.span) for unit in units), *groups)
    terms = tuple(_terms(said, tree))
    problems = (*_repeated(recipients), *_repeated_members(groups), *terms)
    return Outcome(None if terms else recipients, problems)


def _group(said: GroupSchema, index: int, tree: YamlTree) -> Recipient:
    where = ("groups", index)
    members = tuple(
        _unit(member, said, (*where, "members", position), tree) for position, member in enumerate(said.members)
    )
    units = members or (_unit(said, said, where, tree, said.count),)
    return Recipient(said.name, units, tree.places[(*where, "name")], group=True)


def _unit(
    said: UnitSchema | MemberSchema, group: UnitSchema, where: YamlPath, tree: YamlTree, members: int = 1
) -> Unit:
    """The unit at `where`; what it does not say it takes from the group."""
    route = said.route or group.route
    return Unit(
        name=said.name,
        copies=group.copies if said.copies is None else said.copies,
        span=_place(tree, where, "name"),
        members=members,
        route=Route(route) if route else None,
        contact=said.contact or group.contact or "",
        address=said.address or group.address or "",
        since=said.since or group.since,
        until=said.until or group.until,
    )


def _place(tree: YamlTree, where: YamlPath, field: str) -> Span:
    """The place of a field, or of the whole where it says no such field."""
    return tree.places.get((*where, field), tree.places[where])


def _repeated(recipients: tuple[Recipient, ...]) -> Iterator[Problem]:
    first: dict[str, Span] = {}
    for recipient in recipients:
        if recipient.name in first:
            what = message("“{name}”在第 {line} 行已经有了", name=recipient.name, line=first[recipient.name].line)
            yield error("recipient-repeated", recipient.span, what, message("删去一个，或改成不同的名称"))
        first.setdefault(recipient.name, recipient.span)


def _repeated_members(groups: list[Recipient]) -> Iterator[Problem]:
    for group in groups:
        seen: set[str] = set()
        for member in group.units:
            if member.name in seen:
                what = message("“{group}”里“{name}”写了两次", group=group.name, name=member.name)
                yield error("recipient-repeated", member.span, what, message("删去一个，否则会多印一份"))
            seen.add(member.name)


def _terms(said: RecipientsSchema, tree: YamlTree) -> Iterator[Problem]:
    """What ends before it begins, each at the date that was written last for it."""
    for index, unit in enumerate(said.units):
        yield from _term(unit, unit, ("units", index), tree)
    for index, group in enumerate(said.groups):
        where = ("groups", index)
        if _backwards(group, group):
            yield from _term(group, group, where, tree)
            continue
        for position, member in enumerate(group.members):
            yield from _term(member, group, (*where, "members", position), tree)


def _backwards(said: UnitSchema | MemberSchema, group: UnitSchema) -> bool:
    since, until = said.since or group.since, said.until or group.until
    return since is not None and until is not None and until < since


def _term(said: UnitSchema | MemberSchema, group: UnitSchema, where: YamlPath, tree: YamlTree) -> Iterator[Problem]:
    if _backwards(said, group):
        since, until = said.since or group.since, said.until or group.until
        what = message(
            "“{name}”从 {since} 起，到 {until} 为止：止在起之前", name=said.name, since=str(since), until=str(until)
        )
        span = _place(tree, where, "until" if said.until else "since")
        yield error("recipient-term", span, what, message("核对 since（起）和 until（止）两个日期"))
