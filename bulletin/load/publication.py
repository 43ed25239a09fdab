"""`bulletin.yaml`, `house/` and the kinds of article, to a `Publication`."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from bulletin.load.encoding import read_text
from bulletin.load.folders import PUBLICATION_FILE, builtin_folder
from bulletin.load.fonts import load_house_faces
from bulletin.load.recipients import load_recipients
from bulletin.load.schemas import (
    ClearancesSchema,
    DecisionsSchema,
    IssueSchema,
    KindsSchema,
    LayoutSchema,
    PressProfileSchema,
    PublicationSchema,
    Schema,
    SignOffRecordSchema,
    TypesettingSchema,
)
from bulletin.load.strict_yaml import YamlTree, parse_yaml, places_of
from bulletin.load.targets import load_targets
from bulletin.load.validate import validate
from bulletin.load.web import load_site_settings
from bulletin.load.yaml_files import YAML_LIMIT, load_yaml
from bulletin.model.characters import check_characters
from bulletin.model.copies import CodeKind, CopyMarks
from bulletin.model.page import BODY_SIZES
from bulletin.model.press import BUILT_IN_PROFILES, Colour, Imposition, PressProfile
from bulletin.model.problem import Outcome, Places, Problem, Severity, Span
from bulletin.model.publication import CopyNumber, Kind, Layout, PdfStandard, Publication, Typesetting
from bulletin.model.register import RegisterSettings
from bulletin.model.typeface import TYPEFACES

KINDS_FILE = "kinds.yaml"
_STAND_IN = PublicationSchema(title="？", publisher="？")


_WRITTEN: dict[str, type[Schema]] = {
    "bulletin.yaml": PublicationSchema,
    "issue.yaml": IssueSchema,
    "clearances.yaml": ClearancesSchema,
    "decisions.yaml": DecisionsSchema,
    "signoff.yaml": SignOffRecordSchema,
}


def problems_of(path: str, content: bytes) -> tuple[Problem, ...]:
    """What would be wrong with one of our YAML files if it had this content."""
    text = content.decode()
    outcome = validate(parse_yaml(text, path), _WRITTEN[PurePosixPath(path).name], path)
    return (*check_characters(text, path), *outcome.problems)


def read_source(root: Path, path: str) -> str:
    """The text of a YAML file, empty where it cannot be read."""
    return read_text(root, path, YAML_LIMIT).value or ""


def load_publication(root: Path) -> Outcome[Publication]:
    """The publication in the folder `root`.

    Where settings cannot be read, others stand in, so that the issues can be read and all problems be told at once.
    """
    settings, tree = load_yaml(root, PUBLICATION_FILE, PublicationSchema)
    recipients = load_recipients(root)
    assets = search_path(root, "assets")
    kinds = _load_kinds(assets)
    said = settings.value or _STAND_IN
    places = places_of(tree) if tree else Places(Span(PUBLICATION_FILE, 1), ())
    house_faces, font_problems = load_house_faces(root, said.fonts, places)
    web, web_problems = load_site_settings(root, said, places)
    targets, target_problems = load_targets(said.publish, web.url, places)
    wrong = (*font_problems, *web_problems, *target_problems)
    publication = Publication(
        title=said.title,
        publisher=said.publisher,
        language=said.language,
        profile=said.profile,
        copy_number=CopyNumber(said.copy_number.digits, said.copy_number.position),
        copy_marks=CopyMarks(said.copy_number.every_page, CodeKind(said.copy_number.code), said.copy_number.tracing),
        fixed_numbers=said.copy_number.fixed,
        register=_register(said),
        typesetting=_typesetting(said.typesetting),
        layout=_layout(said.layout),
        press=_press_profiles(said.press, tree),
        pdf_standard=PdfStandard(said.pdf.standard),
        recipients=recipients.value,
        kinds=kinds.value,
        templates=search_path(root, "templates"),
        assets=assets,
        faces=_face_files(assets),
        house_faces=house_faces,
        web=web,
        targets=targets,
        places=places,
    )
    return Outcome(publication, (*settings.problems, *recipients.problems, *kinds.problems, *wrong))


_GAPS = {"none": 0, "1/8": 125, "1/4": 250}


def _typesetting(said: TypesettingSchema) -> Typesetting:
    return Typesetting(BODY_SIZES[said.size], _GAPS[said.han_latin_gap], said.prohibition == "strict")


def _register(said: PublicationSchema) -> RegisterSettings:
    register = said.copy_register
    return RegisterSettings(
        register.url or "", register.receipt_days, register.return_days, register.name or said.title
    )


def _layout(said: LayoutSchema) -> Layout:
    return Layout(said.articles == "new_page", said.contents == "full", said.running_head, said.booklet)


def _press_profiles(said: dict[str, PressProfileSchema], tree: YamlTree | None) -> tuple[PressProfile, ...]:
    """The profiles of the settings in their order, then the built-in ones whose names are still free."""
    places = tree.places if tree else {}
    own = [
        PressProfile(
            name=name,
            imposition=Imposition(profile.imposition),
            colour=Colour(profile.colour),
            crop_marks=profile.crop_marks,
            bleed_mm=profile.bleed_mm,
            paper_mm=profile.paper_mm,
            signature_sheets=profile.signature_sheets,
            collating_marks=profile.collating_marks,
            span=places.get(("press", name, "imposition"), Span(PUBLICATION_FILE)),
        )
        for name, profile in said.items()
    ]
    return (*own, *(profile for profile in BUILT_IN_PROFILES if profile.name not in said))


def search_path(root: Path, name: str) -> tuple[str, ...]:
    """The folders `name` (templates, assets): the publication's own first, then the built-in one."""
    folders = (root / name, builtin_folder(name))
    return tuple(dict.fromkeys(str(folder.resolve()) for folder in folders if folder.is_dir()))


def _face_files(assets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Where each print face lies: the publication's own file of that name, else the built-in one."""
    found = {}
    for face in (face for face in TYPEFACES if not face.house):
        paths = [Path(folder, "fonts", face.file) for folder in assets]
        found[face.file] = str(next((path for path in paths if path.is_file()), paths[-1]))
    return tuple(found.items())


def _load_kinds(assets: tuple[str, ...]) -> Outcome[tuple[Kind, ...]]:
    """The kinds of the first `kinds.yaml` on the search path."""
    folder = next(folder for folder in assets if Path(folder, KINDS_FILE).exists())
    outcome, _ = load_yaml(Path(folder), KINDS_FILE, KindsSchema)
    problems = tuple(
        Problem(problem.code, problem.severity, _below("assets", problem.span), problem.message, problem.advice)
        for problem in outcome.problems
        if problem.severity is not Severity.HINT
    )
    if outcome.value is None:
        return Outcome(None, problems)
    kinds = tuple(
        Kind(name=name, **said.model_dump())  # the schema has the fields of the model
        for name, said in outcome.value.kinds.items()
    )
    return Outcome(kinds, problems)


def _below(folder: str, span: Span) -> Span:
    return Span(f"{folder}/{span.path}", span.line, span.column)
