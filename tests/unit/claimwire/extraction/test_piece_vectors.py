"""The vectors of word pieces: one table for all networks, which no graph holds and nobody changes."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from claimwire.claim_detection import reader
from claimwire.claim_detection.answer_network import AnswerNetwork
from claimwire.claim_detection.network import ReaderNetwork
from claimwire.extraction import tagger
from claimwire.extraction.tagger.network import OnnxNetwork, session
from claimwire.extraction.tagger.piece_vectors import FILE, piece_vectors

ENCODERS = (
    tagger.DATA / "encoder.onnx",
    reader.DATA / "encoder.onnx",
    reader.DATA / "answer_encoder.onnx",
)


def test_tagger_and_reader_share_one_table() -> None:
    piece_vectors.cache_clear()
    OnnxNetwork(tagger.DATA, threads=1)
    ReaderNetwork(reader.DATA)
    AnswerNetwork(reader.DATA)
    asked = piece_vectors.cache_info()
    assert (asked.misses, asked.hits) == (1, 2)


def test_each_piece_of_the_vocabulary_has_a_vector() -> None:
    vocabulary = (tagger.DATA / "vocab.txt").read_text("utf8").split()
    assert len(piece_vectors(tagger.DATA)) == len(vocabulary)


@pytest.mark.parametrize("graph", ENCODERS, ids=lambda graph: f"{graph.parent.name}-{graph.stem}")
def test_graph_takes_vectors_of_the_width_of_the_table_and_holds_no_table(graph: Path) -> None:
    [vectors] = [each for each in session(graph, threads=1).get_inputs() if each.name == "vectors"]
    table = piece_vectors(tagger.DATA)
    assert (vectors.type, vectors.shape[-1]) == ("tensor(int8)", table.shape[1])
    assert graph.stat().st_size < table.nbytes


def test_tagger_from_a_folder_reads_the_vectors_of_that_folder(tmp_path: Path) -> None:
    folder = shutil.copytree(tagger.DATA, tmp_path / "tagger")
    np.save(folder / FILE, np.zeros_like(piece_vectors(tagger.DATA)))
    text = "Gerasimov said the city had fallen."
    ours, blind = (tagger.load(each).read(text).states for each in (tagger.DATA, folder))
    assert ours.shape == blind.shape
    assert not np.allclose(ours, blind, atol=0.1)


def test_shared_table_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        piece_vectors(tagger.DATA)[0] = 1


def test_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / FILE, np.array([object()]))
    with pytest.raises(ValueError, match="Python objects"):
        piece_vectors(tmp_path)
