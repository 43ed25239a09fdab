"""Print faces of the bureau's own: checked, and prepared as the built-in ones are. Heavy libraries: imported where they are used."""

from bulletin.faces.facts import face_facts
from bulletin.faces.preparing import face_digest, prepare_face
from bulletin.faces.source import check_face

__all__ = ["check_face", "face_digest", "face_facts", "prepare_face"]
