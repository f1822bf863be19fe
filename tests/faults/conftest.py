from tests.stream.conftest import kafka, seed_ledger, stream

__all__ = ["kafka", "seed_ledger", "stream"]
