from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError, MessageSizeTooLargeError, NotEnoughReplicasError
from faust.exceptions import ProducerSendError

from streams.worker.process import of_the_broker


def test_errors_of_an_absent_or_troubled_broker_go_by_themselves() -> None:
    for error in (KafkaConnectionError(), KafkaTimeoutError(), NotEnoughReplicasError(), ConnectionResetError()):
        assert of_the_broker(error)


def test_what_the_broker_refuses_and_what_the_code_does_wrong_stay() -> None:
    for error in (MessageSizeTooLargeError(), AttributeError("ours"), OSError("disk full")):
        assert not of_the_broker(error)


def test_error_that_faust_wraps_is_seen_through() -> None:
    wrapped = ProducerSendError("Error while sending")
    wrapped.__cause__ = KafkaConnectionError()
    assert of_the_broker(wrapped)
