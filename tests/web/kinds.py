"""The kinds of pages, an example of each."""

PAGES = {
    "home": "index.html",
    "issue": "2026/09/index.html",
    "article": "2026/09/04/index.html",
    "archive": "archive/index.html",
    "year": "2026/index.html",
    "browse": "browse/index.html",
    "list": "kind/report/index.html",
    "search": "search/index.html",
    "found": "search/index.html?q=党支部",
    "sitemap": "sitemap/index.html",
    "help": "help/index.html",
    "withdrawn": "2026/09/05/index.html",
    "missing": "nowhere/at/all.html",
}
