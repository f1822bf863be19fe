"""spaCy's small English pipeline, which the systems built on spaCy share."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.systems.system import NotInstalled

MODEL = "en_core_web_sm"
PARAGRAPH = re.compile(r"\S[^\n]*")
Document = Any
Token = Any
"""spaCy's document and token. It is not installed where types are checked."""


class English:
    """The pipeline.

    Raises
    ------
    NotInstalled
        If spaCy or its model is not installed.
    """

    def __init__(self) -> None:
        try:
            self._pipeline = import_module("spacy").load(MODEL, exclude=["ner"])
        except ImportError:
            raise NotInstalled("spaCy is not installed: pip install -r benchmarks/systems/requirements.txt") from None
        except OSError:
            raise NotInstalled(f"spaCy's model is not installed: python -m spacy download {MODEL}") from None
        self.data: list[Path] = [self._pipeline.path]

    def paragraphs(self, text: str) -> Iterator[tuple[int, Document]]:
        """The paragraphs of a text, parsed, each with its start."""
        told = [(match.group(), match.start()) for match in PARAGRAPH.finditer(text)]
        for document, start in self._pipeline.pipe(told, as_tuples=True):
            yield start, document
