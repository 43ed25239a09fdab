"""What is repaired in the words of a foreign document, rule by rule, each repair listed."""

from bulletin.convert.repairs.repairing import Repaired, repair

__all__ = ["Repaired", "repair"]
