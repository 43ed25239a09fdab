"""The only door through which WeasyPrint gets at a file: a fixed list of assets (safety, 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `asset:` addresses from `assets`; any other address stops the rendering. `asked` lists what was served."""

    def __init__(self, assets: Mapping[str, Path | bytes]) -> None:
        super().__init__(allowed_protocols=("asset",), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.asked: set[str] = set()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        source = self.assets.get(url)
        if source is None:
            raise FatalURLFetchingError(f"not an asset of this issue: {url[:200]}")
        self.asked.add(url)
        return URLFetcherResponse(url, source if isinstance(source, bytes) else source.read_bytes())
