"""The print PDF held against PDF/A-2a (or -3a) and PDF/UA-1 by rules of our own, with another library's eyes (safety, 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pikepdf import PdfError

from bulletin.model.problem import Message, Problem, Span, error, message
from bulletin.prove.conformance import document_rules, metadata_rules, tag_rules, text_rules
from bulletin.prove.conformance.print_file import PrintFile

Rule: TypeAlias = Callable[[PrintFile], Iterator[Message]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("pdf-header", document_rules.check_header),
    ("pdf-encryption", document_rules.check_encryption),
    ("pdf-language", document_rules.check_language),
    ("pdf-title-shown", document_rules.check_title_shown),
    ("pdf-marked", document_rules.check_marked),
    ("pdf-actions", document_rules.check_actions),
    ("pdf-attachments", document_rules.check_attachments),
    ("pdf-output-intent", document_rules.check_output_intent),
    ("pdf-colours", document_rules.check_colours),
    ("pdf-blending", document_rules.check_blending),
    ("pdf-pictures", document_rules.check_pictures),
    ("pdf-title", metadata_rules.check_title),
    ("pdf-standards", metadata_rules.check_standards),
    ("pdf-info", metadata_rules.check_info),
    ("pdf-date", metadata_rules.check_date),
    ("pdf-private", metadata_rules.check_private),
    ("pdf-tag-root", tag_rules.check_root),
    ("pdf-tag-types", tag_rules.check_types),
    ("pdf-tag-nesting", tag_rules.check_nesting),
    ("pdf-tag-parts", tag_rules.check_parts),
    ("pdf-parent-tree", tag_rules.check_parent_tree),
    ("pdf-untagged", tag_rules.check_untagged),
    ("pdf-alternatives", tag_rules.check_alternatives),
    ("pdf-headings", tag_rules.check_headings),
    ("pdf-table-grid", tag_rules.check_table_grid),
    ("pdf-table-heads", tag_rules.check_table_heads),
    ("pdf-lists", tag_rules.check_lists),
    ("pdf-notes", tag_rules.check_notes),
    ("pdf-links", tag_rules.check_links),
    ("pdf-annotations", tag_rules.check_annotations),
    ("pdf-tab-order", tag_rules.check_tab_order),
    ("pdf-embedding", text_rules.check_embedding),
    ("pdf-faces", text_rules.check_faces),
    ("pdf-characters", text_rules.check_characters),
    ("pdf-reading-order", text_rules.check_reading_order),
    ("pdf-bookmarks", text_rules.check_bookmarks),
)
ADVICE = message("这是程序或模板的问题，成品不可用；请连同原稿报告维护人员")
_MOST = 3
"""Findings of one rule that are told."""


def prove_conformance(file: PrintFile, issue_file: Span) -> tuple[Problem, ...]:
    """What our own rules find wrong with the print PDF; problems are told at `issue_file`."""
    return tuple(problem for code, rule in RULES for problem in _findings(code, rule, file, issue_file))


def _findings(code: str, rule: Rule, file: PrintFile, where: Span) -> Iterator[Problem]:
    try:
        found = list(dict.fromkeys(rule(file)))[:_MOST]
    except (PdfError, LookupError, AttributeError, TypeError, ValueError, SyntaxError, RecursionError) as fault:
        found = [message("这一项查不了（英文说明：{reason}）", reason=f"{type(fault).__name__}: {fault}")]
    for what in found:
        yield error(code, where, what, ADVICE)


def prove_syntax(file: PrintFile, issue_file: Span) -> tuple[Problem, ...]:
    """What qpdf finds wrong with the file's syntax.

    qpdf's check of linearized files can run for ever (qpdf, issue 1750): ours are not, and one that were would be refused.
    """
    faults = ["linearized"] if file.pdf.is_linearized else [str(fault) for fault in file.pdf.check_pdf_syntax()]
    found = (message("PDF 文件结构有错（qpdf 说：{reason}）", reason=fault) for fault in faults[:_MOST])
    return tuple(error("pdf-syntax", issue_file, what, ADVICE) for what in found)
