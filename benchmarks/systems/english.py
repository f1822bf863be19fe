"""spaCy's small English pipeline, which the systems built on spaCy share."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.systems.system import NotInstalled

MODEL = "en_core_web_sm"
"""What the model's package is called, or how its name begins where others than its makers uploaded it."""

REMEDY = "pip install -r benchmarks/systems/requirements.txt"
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
            spacy = import_module("spacy")
        except ImportError:
            raise NotInstalled(f"spaCy is not installed: {REMEDY}") from None
        models = sorted(name for name in spacy.util.get_installed_models() if name.startswith(MODEL))
        if not models:
            raise NotInstalled(f"spaCy's English model is not installed: {REMEDY}")
        self._pipeline = spacy.load(models[0], exclude=["ner"])
        self.data: list[Path] = [self._pipeline.path]

    def paragraphs(self, text: str) -> Iterator[tuple[int, Document]]:
        """The paragraphs of a text, parsed, each with its start."""
        told = [(match.group(), match.start()) for match in PARAGRAPH.finditer(text)]
        for document, start in self._pipeline.pipe(told, as_tuples=True):
            yield start, document
