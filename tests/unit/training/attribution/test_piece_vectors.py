"""The table of vectors of word pieces that training writes."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.tagger.piece_vectors import piece_vectors
from training.attribution.piece_vectors import scales, write


def drawn() -> NDArray[np.float32]:
    """Vectors of 500 pieces, some long and some short."""
    draws = np.random.default_rng(3)
    return draws.normal(size=(500, 384), scale=draws.uniform(0.01, 1, size=(500, 1))).astype(np.float32)


def test_what_is_written_is_looked_up_to_within_half_a_step(tmp_path: Path) -> None:
    vectors = drawn()
    write(vectors, tmp_path)
    away = np.abs(piece_vectors(tmp_path) * scales(vectors) - vectors)
    assert (away <= 0.501 * scales(vectors)).all()


def test_longest_part_of_each_vector_uses_the_whole_range(tmp_path: Path) -> None:
    write(drawn(), tmp_path)
    assert (np.abs(piece_vectors(tmp_path)).max(1) == 127).all()


def test_encoder_that_starts_from_the_table_would_write_the_same_table(tmp_path: Path) -> None:
    vectors = drawn()
    write(vectors, tmp_path)
    table = piece_vectors(tmp_path)
    again = tmp_path / "again"
    again.mkdir()
    write(table * scales(vectors), again)
    assert np.array_equal(piece_vectors(again), table)


def test_piece_without_a_vector_has_noughts(tmp_path: Path) -> None:
    write(np.zeros((1, 384), np.float32), tmp_path)
    assert not piece_vectors(tmp_path).any()
