"""The bytes of a PDF that render_pdf made -> how many pages it has."""

import re
import zlib

_OBJECTS = re.compile(rb"/Type /ObjStm[^>]*>>\s*stream\r?\n")  # what WeasyPrint packs the list of pages into
_PAGES = re.compile(rb"/Type /Pages\b[^>]*?/Count (\d+)")


def count_pages(content: bytes) -> int:
    """0 where the file does not tell it."""
    for found in _OBJECTS.finditer(content):
        try:
            objects = zlib.decompressobj().decompress(content[found.end() :])
        except zlib.error:
            continue
        if pages := _PAGES.search(objects):
            return int(pages[1])
    return 0
