"""Whether an article, changed and exported again, says what the edited document says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from bulletin.convert.updating.strands import notes_of, squeezed, units_of
from bulletin.model.foreign import ForeignDocument
from bulletin.model.numbering import typed_number
from bulletin.model.updating import Patch

_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def first_difference(printed: ForeignDocument, patch: Patch) -> tuple[str, str] | None:
    """What was expected and what is there instead, where they differ first; `None` where nothing differs.

    Numbers of sections may differ, as the program numbers, and blanks beside Han, which it spreads names with.
    """
    texts = [strand.text for unit in units_of(printed) for strand in unit.strands]
    notes = [strand.text for strand in notes_of(printed).values()]
    return _difference(patch.expected, texts) or _difference(patch.notes, notes)


def first_unsaid(edited: ForeignDocument, patch: Patch) -> tuple[str, str] | None:
    """What the edited document says, and what the article will say there, where they differ first; `None` where nothing differs.

    What the patch says that it left out is no difference: then nothing is compared.
    """
    if patch.missed:
        return None
    strands = [strand for unit in units_of(edited) for strand in unit.strands]
    wanted = [(bare(strand.text), bare(strand.paragraph.number + strand.text)) for strand in strands]
    said = [text for each in patch.expected if (text := bare(each))]
    pairs = zip_longest([each for each in wanted if each[0]], said, fillvalue="")
    wrong = next(((one, other) for one, other in pairs if other not in one or not other), None)
    if wrong is not None:
        return wrong[0][0] if wrong[0] else "", wrong[1]
    return _difference([strand.text for strand in notes_of(edited).values()], patch.notes)


def _difference(expected: Sequence[str], found: Sequence[str]) -> tuple[str, str] | None:
    wanted, said = ([text for each in texts if (text := bare(each))] for texts in (expected, found))
    pairs = zip_longest(wanted, said, fillvalue="")
    return next(((one, other) for one, other in pairs if one != other), None)


def bare(text: str) -> str:
    """The text as it is compared."""
    said = _BESIDE_HAN.sub("", squeezed(text))
    typed = typed_number(said)
    return said[typed.width :] if typed else said
