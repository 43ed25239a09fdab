"""What commands record beside an issue: clearances, sign-offs, decisions about findings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bulletin.load.schemas.scalars import Schema, Whole, Words, Yes


class ClearanceSchema(Schema):
    article: Words
    number: Annotated[Whole, Field(ge=1)]
    by: Words
    at: Words
    digest: Words | None = None
    withdrawn: Yes = False
    reason: Words | None = None
    chain: Words | None = None


class ClearancesSchema(Schema):
    """clearances.yaml, written by `bulletin clear`"""

    clearances: tuple[ClearanceSchema, ...] = ()


class AnchorSchema(Schema):
    """copies.yaml, written by `bulletin copies`"""

    seq: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,11}$")]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class PartSchema(Schema):
    part: Words
    digest: Words


class SignOffSchema(Schema):
    by: Words
    at: Words
    pdf: Words
    parts: Annotated[tuple[PartSchema, ...], Field(min_length=1)]


class ForcedPrintSchema(Schema):
    by: Words
    at: Words
    reason: Words
    pdf: Words


class SignOffRecordSchema(Schema):
    """signoff.yaml, written by `bulletin sign`"""

    signoff: SignOffSchema | None = None
    forced: tuple[ForcedPrintSchema, ...] = ()


class DecisionSchema(Schema):
    finding: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    code: Words
    decision: Literal["keep", "ask"]
    reason: Words
    by: Words
    at: Words
    article: Words | None = None
    words: Annotated[str, Field(max_length=500)] = ""


class DecisionsSchema(Schema):
    """decisions.yaml, written by `bulletin decide`"""

    decisions: tuple[DecisionSchema, ...] = ()
