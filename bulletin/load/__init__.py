"""Files to the model, with a problem for every fault of the author. The only reader of a publication's sources."""

from bulletin.load.files import read_given
from bulletin.load.folders import (
    IssueFolders,
    article_slugs,
    issue_folder,
    issue_path,
    list_folders,
    list_issues,
    next_article_path,
)
from bulletin.load.issue import load_addressed, load_anchor, load_clearances, load_head, load_issue, load_signoff
from bulletin.load.publication import PUBLICATION_FILE, load_publication, problems_of, read_source, search_path
from bulletin.load.recipient_table import load_recipient_table
from bulletin.load.recipients import RECIPIENTS_FILE, load_recipients, recipients_in
from bulletin.load.recipients_source import cut_recipients
from bulletin.load.schemas import json_schemas
from bulletin.load.sources import load_sources
from bulletin.load.specimen import load_specimen
from bulletin.load.standard import load_standard_characters

__all__ = [
    "PUBLICATION_FILE",
    "RECIPIENTS_FILE",
    "IssueFolders",
    "article_slugs",
    "cut_recipients",
    "issue_folder",
    "issue_path",
    "json_schemas",
    "list_folders",
    "list_issues",
    "load_addressed",
    "load_anchor",
    "load_clearances",
    "load_head",
    "load_issue",
    "load_publication",
    "load_recipient_table",
    "load_recipients",
    "load_signoff",
    "load_sources",
    "load_specimen",
    "load_standard_characters",
    "next_article_path",
    "problems_of",
    "read_given",
    "read_source",
    "recipients_in",
    "search_path",
]
