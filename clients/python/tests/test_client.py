"""What a real server cannot be made to do on purpose; what clients and servers do together is the affair of the conformance suite.

`python -m unittest discover clients/python/tests`
"""

import logging
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

import isnad
from isnad import pb
from isnad.v1.extract_pb2_grpc import ExtractServicer, add_ExtractServicer_to_server


class Fake(ExtractServicer):
    """A server that answers as a test says."""

    def __init__(self):
        self.calls = 0
        self.taken = 0
        self.answer = lambda _request, _context: pb.ExtractResponse()

    def Extract(self, request, context):
        self.calls += 1
        return self.answer(request, context)

    def ExtractStream(self, requests, context):
        for index, request in enumerate(requests):
            self.taken += 1
            response = pb.ExtractResponse(document_id=request.document.id)
            yield pb.ExtractStreamResponse(index=index, response=response)


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.fake = Fake()
        server = grpc.server(ThreadPoolExecutor(4))
        add_ExtractServicer_to_server(self.fake, server)
        self.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
        server.start()
        self.addCleanup(lambda: server.stop(None).wait())

    def connect(self, **settings):
        client = isnad.connect(self.address, **settings)
        self.addCleanup(client.close)
        return client

    def test_every_detail_of_an_error(self):
        details = [
            error_details_pb2.ErrorInfo(reason="INVALID_REQUEST", domain=isnad.DOMAIN, metadata={"limit": "7"}),
            error_details_pb2.BadRequest(field_violations=[{"field": "document.text", "description": "must not be empty"}]),
            error_details_pb2.RetryInfo(retry_delay=Duration(nanos=200_000_000)),
        ]
        status = status_pb2.Status(code=3, message="document.text must not be empty")
        for detail in details:
            status.details.add().Pack(detail)

        def refuse(_request, context):
            context.set_trailing_metadata(
                [("x-request-id", "r1"), ("grpc-status-details-bin", status.SerializeToString())]
            )
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, status.message)

        self.fake.answer = refuse
        with self.assertRaises(isnad.IsnadError) as caught:
            self.connect().extract("")
        error = caught.exception
        self.assertEqual(error.code, grpc.StatusCode.INVALID_ARGUMENT)
        self.assertEqual((error.reason, error.domain, error.request_id), ("INVALID_REQUEST", "isnad.v1.Extract", "r1"))
        self.assertEqual(error.metadata, {"limit": "7"})
        self.assertEqual(error.field_violations, (isnad.FieldViolation("document.text", "must not be empty"),))
        self.assertEqual(error.retry_delay, timedelta(milliseconds=200))
        self.assertEqual(str(error), "INVALID_ARGUMENT (INVALID_REQUEST): document.text must not be empty [request r1]")

    def test_details_that_are_none_hide_nothing(self):
        def refuse(_request, context):
            context.set_trailing_metadata([("grpc-status-details-bin", b"\xff\xff")])
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "says the proxy")

        self.fake.answer = refuse
        with self.assertRaises(isnad.IsnadError) as caught:
            self.connect().extract("نص")  # text
        self.assertEqual((caught.exception.message, caught.exception.reason), ("says the proxy", None))

    def test_tries_again_where_the_server_is_unavailable(self):
        def refuse_twice(_request, context):
            if self.fake.calls < 3:
                context.abort(grpc.StatusCode.UNAVAILABLE, "try again")
            return pb.ExtractResponse()

        self.fake.answer = refuse_twice
        self.connect().extract("نص")
        self.assertEqual(self.fake.calls, 3)

    def test_deadlines(self):
        left = []

        def wait(_request, context):
            left.append(context.time_remaining())
            done = threading.Event()
            context.add_callback(done.set)
            done.wait(10)

        self.fake.answer = wait
        client = self.connect(timeout=0.2)
        with self.assertRaises(isnad.IsnadError) as caught:
            client.extract("نص")
        self.assertEqual(caught.exception.code, grpc.StatusCode.DEADLINE_EXCEEDED)
        call = client.start_extract("نص", timeout=60)
        while len(left) < 2:
            time.sleep(0.01)
        call.cancel()
        with self.assertRaises(isnad.IsnadError) as caught:
            call.result()
        self.assertEqual(caught.exception.code, grpc.StatusCode.CANCELLED)
        self.assertTrue(left[0] < 1 and left[1] > 50, left)

    def test_offsets_are_asked_for_in_code_points(self):
        units = []

        def look(request, _context):
            units.append(request.offset_unit)
            return pb.ExtractResponse()

        self.fake.answer = look
        client = self.connect()
        client.extract("نص")
        asked = pb.ExtractRequest(offset_unit=pb.OFFSET_UNIT_UTF8_BYTE)
        client.extract(asked, [pb.LAYER_TIMES])
        self.assertEqual(units, [pb.OFFSET_UNIT_UNICODE_CODE_POINT, pb.OFFSET_UNIT_UTF8_BYTE])
        self.assertEqual(asked, pb.ExtractRequest(offset_unit=pb.OFFSET_UNIT_UTF8_BYTE), "the caller's own is not touched")

    def test_leaving_a_stream_ends_it(self):
        stopped = threading.Event()

        def endless():
            try:
                while True:
                    yield "نص"
            finally:
                stopped.set()

        for answer in self.connect().extract_stream(endless()):
            if answer.index == 2:
                break
        del answer
        taken = -1
        while taken != self.fake.taken:
            taken = self.fake.taken
            time.sleep(0.1)
        self.assertTrue(stopped.wait(10), "requests are still taken after the loop was left")

    def test_what_the_articles_raise_reaches_the_reader(self):
        logging.getLogger("grpc").setLevel(logging.CRITICAL)
        self.addCleanup(logging.getLogger("grpc").setLevel, logging.NOTSET)

        def broken():
            yield "نص"
            raise FileNotFoundError("articles.jsonl")

        with self.assertRaises(FileNotFoundError):
            list(self.connect().extract_stream(broken()))


class CutTest(unittest.TestCase):
    TEXT = "🙂 وصل الوزير"  # the minister arrived

    def test_cuts_code_points(self):
        self.assertEqual(isnad.cut(self.TEXT, pb.Span(begin=6, end=12, text="الوزير")), "الوزير")
        self.assertEqual(isnad.cut(self.TEXT, pb.Span(begin=0, end=1)), "🙂")
        self.assertEqual(isnad.cut(self.TEXT, pb.Span()), "")

    def test_refuses_what_is_not_there(self):
        for begin, end, text in [(7, 13, "الوزير"), (6, 99, ""), (5, 4, ""), (12, 24, "الوزير")]:
            with self.assertRaises(ValueError):
                isnad.cut(self.TEXT, pb.Span(begin=begin, end=end, text=text))


if __name__ == "__main__":
    unittest.main()
