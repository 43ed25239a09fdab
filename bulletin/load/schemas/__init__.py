"""What each YAML file may say: pydantic models, which also give the JSON Schemas that editors' programs use."""

from __future__ import annotations

from bulletin.load.schemas.house import (
    GroupSchema,
    KindsSchema,
    MemberSchema,
    RecipientsSchema,
    SpecimenSchema,
    UnitSchema,
)
from bulletin.load.schemas.issue import DistributionSchema, FrontMatterSchema, IssueSchema
from bulletin.load.schemas.knowledge import (
    ClaimsSchema,
    DisabledSchema,
    DocumentsSchema,
    EntrySchema,
    KnowledgeSchema,
    OrganisationsSchema,
    PeopleSchema,
    QuotesSchema,
    TermsSchema,
)
from bulletin.load.schemas.publication import (
    FontsSchema,
    LayoutSchema,
    PressProfileSchema,
    PublicationSchema,
    TargetSchema,
    TypesettingSchema,
)
from bulletin.load.schemas.records import (
    AnchorSchema,
    ClearanceSchema,
    ClearancesSchema,
    DecisionsSchema,
    SignOffRecordSchema,
)
from bulletin.load.schemas.scalars import Schema

__all__ = [
    "EDITED_FILES",
    "AnchorSchema",
    "ClaimsSchema",
    "ClearanceSchema",
    "ClearancesSchema",
    "DecisionsSchema",
    "DisabledSchema",
    "DistributionSchema",
    "DocumentsSchema",
    "EntrySchema",
    "FontsSchema",
    "FrontMatterSchema",
    "GroupSchema",
    "IssueSchema",
    "KindsSchema",
    "KnowledgeSchema",
    "LayoutSchema",
    "MemberSchema",
    "OrganisationsSchema",
    "PeopleSchema",
    "PressProfileSchema",
    "PublicationSchema",
    "QuotesSchema",
    "RecipientsSchema",
    "Schema",
    "SignOffRecordSchema",
    "SpecimenSchema",
    "TargetSchema",
    "TermsSchema",
    "TypesettingSchema",
    "UnitSchema",
    "json_schemas",
]

EDITED_FILES: tuple[tuple[str, type[Schema]], ...] = (
    ("bulletin", PublicationSchema),
    ("recipients", RecipientsSchema),
    ("issue", IssueSchema),
    ("article", FrontMatterSchema),
    ("kinds", KindsSchema),
    ("terms", TermsSchema),
    ("people", PeopleSchema),
    ("organisations", OrganisationsSchema),
    ("documents", DocumentsSchema),
    ("claims", ClaimsSchema),
    ("quotes", QuotesSchema),
    ("knowledge", KnowledgeSchema),
)
"""The files that people edit, by the name of their JSON Schema."""


def json_schemas() -> dict[str, object]:
    """A JSON Schema for each file that people edit, by name."""
    return {name: schema.model_json_schema() for name, schema in EDITED_FILES}
