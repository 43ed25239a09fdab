"""Showing which fonts a publication has, and what they cover of an issue."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bulletin.compose import compose_edition
from bulletin.load.publication import load_publication
from bulletin.load.standard import load_standard_characters
from bulletin.model.face import FaceFacts, FaceStatus, FontsReport, MissingCharacter
from bulletin.model.issue import Issue
from bulletin.model.key import IssueKey
from bulletin.model.printed_text import printed_texts
from bulletin.model.problem import Problem, Span, has_errors, in_order
from bulletin.model.publication import Publication
from bulletin.model.repertoire import gb_2312
from bulletin.model.typeface import CHAINS, FACES, ROLES, Role, Typeface, label_among
from bulletin.pipeline.faces import read_faces
from bulletin.pipeline.reading import read


def report_fonts(root: Path, key: IssueKey | None) -> FontsReport:
    """The face of each role; with an issue that has no errors, also which of its characters each covers."""
    loaded = load_publication(root)
    publication = loaded.value
    if publication is None:
        return FontsReport(None, (), in_order(loaded.problems))
    faces = _Faces(publication)
    sources = read(root, key) if key else None
    problems = sources.problems if sources else (*loaded.problems, *faces.problems)
    issue = sources.value if sources and not has_errors(sources.problems) else None
    used = faces.used(issue) if issue else {}
    standard = load_standard_characters(publication.assets)
    statuses = tuple(faces.status(role, used.get(role.name, {}), standard) for role in ROLES)
    return FontsReport(issue.head.key if issue else None, statuses, in_order(problems))


class _Used(NamedTuple):
    """The face that sets a character of the issue, and where that is first met."""

    setter: Typeface | None
    span: Span


class _Faces:
    """What the faces of a publication are and have."""

    def __init__(self, publication: Publication) -> None:
        from bulletin.faces import face_facts

        house = read_faces(publication)
        self.problems: tuple[Problem, ...] = tuple(each for outcome in house.values() for each in outcome.problems)
        self.paths = {face.role.house_family: face.named for face, outcome in house.items() if outcome.value}
        self.facts: dict[str, FaceFacts] = {
            f"{face.role.house_family}.ttf": outcome.value for face, outcome in house.items() if outcome.value
        }
        self.facts |= {file: face_facts(path) for file, path in publication.faces}

    def used(self, issue: Issue) -> dict[str, dict[str, _Used]]:
        """For each role, the characters of the issue that are its face's to set."""
        chains = {chain: chain.among(self.facts) for chain in CHAINS}
        used: dict[str, dict[str, _Used]] = {role.name: {} for role in ROLES}
        for text, asked, span, _ in printed_texts(issue, compose_edition(issue)):
            chain = chains[asked]
            for character in {*text} - {*filter(str.isspace, text)}:
                found = _Used(chain.setter(character, self.has), span)
                used[chain.wanted(character).label].setdefault(character, found)
        return used

    def has(self, face: Typeface, character: str) -> bool:
        return character in self.facts[face.file].characters

    def status(self, role: Role, used: dict[str, _Used], standard: frozenset[str]) -> FaceStatus:
        """What is to be said of a role's face."""
        face = FACES[role.house_family if role.house_family in self.paths else role.family]
        facts = self.facts[face.file]
        missing = tuple(
            MissingCharacter(character, label_among(found.setter, self.facts) if found.setter else None, found.span)
            for character, found in sorted(used.items())
            if character not in facts.characters
        )
        return FaceStatus(
            role=role,
            facts=facts,
            path=self.paths.get(face.family, ""),
            file="" if face.house else face.file,
            gb_2312=len(gb_2312() & facts.characters),
            standard=len(standard & facts.characters),
            used=len(used),
            missing=missing,
        )
