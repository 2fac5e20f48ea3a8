package isnad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import isnad.v1.ExtractGrpc;
import isnad.v1.ExtractRequest;
import isnad.v1.ExtractResponse;
import isnad.v1.ExtractStreamResponse;
import isnad.v1.OffsetUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A fake server for what a real one cannot be made to do on purpose. What clients and a real server do together is the affair of
 * the conformance suite.
 */
@Timeout(20)
class IsnadClientTest {
  private static final ExtractRequest REQUEST = IsnadClient.request("نص"); // text

  private final Fake fake = new Fake();
  private Server server;
  private IsnadClient client;

  private interface Method {
    void extract(ExtractRequest request, StreamObserver<ExtractResponse> answer);
  }

  private static final class Fake extends ExtractGrpc.ExtractImplBase {
    private volatile Method extract = (request, answer) -> {};

    @Override
    public void extract(ExtractRequest request, StreamObserver<ExtractResponse> answer) {
      extract.extract(request, answer);
    }

    @Override
    public StreamObserver<ExtractRequest> extractStream(StreamObserver<ExtractStreamResponse> answers) {
      return new StreamObserver<>() {
        private long index;

        @Override
        public void onNext(ExtractRequest request) {
          var response = ExtractResponse.newBuilder().setDocumentId(request.getDocument().getId());
          answers.onNext(ExtractStreamResponse.newBuilder().setIndex(index++).setResponse(response).build());
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
          answers.onCompleted();
        }
      };
    }
  }

  @BeforeEach
  void start() throws IOException {
    var health = new HealthStatusManager();
    health.setStatus(ExtractGrpc.SERVICE_NAME, ServingStatus.SERVING);
    server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(fake).addService(health.getHealthService()).build().start();
    client = IsnadClient.connect("127.0.0.1:" + server.getPort());
  }

  @AfterEach
  void stop() {
    client.close();
    server.shutdownNow();
  }

  private static void answer(StreamObserver<ExtractResponse> answer) {
    answer.onNext(ExtractResponse.getDefaultInstance());
    answer.onCompleted();
  }

  @Test
  void anErrorHasEveryDetail() {
    var status = com.google.rpc.Status.newBuilder()
        .setCode(3)
        .setMessage("no text")
        .addDetails(Any.pack(ErrorInfo.newBuilder()
            .setReason("INVALID_REQUEST").setDomain("isnad.v1.Extract").putMetadata("limit", "7").build()))
        .addDetails(Any.pack(BadRequest.newBuilder()
            .addFieldViolations(BadRequest.FieldViolation.newBuilder().setField("document.text").setDescription("must not be empty"))
            .build()))
        .addDetails(Any.pack(RetryInfo.newBuilder()
            .setRetryDelay(com.google.protobuf.Duration.newBuilder().setNanos(200_000_000)).build()))
        .build();
    fake.extract = (request, answer) -> {
      var failed = StatusProto.toStatusRuntimeException(status);
      failed.getTrailers().put(IsnadException.REQUEST_ID, "r1");
      answer.onError(failed);
    };
    var failed = assertThrows(IsnadException.class, () -> client.extract(REQUEST));
    assertEquals(Status.Code.INVALID_ARGUMENT, failed.code());
    assertEquals("INVALID_REQUEST", failed.reason());
    assertEquals(IsnadException.DOMAIN, failed.domain());
    assertEquals(Map.of("limit", "7"), failed.metadata());
    assertEquals(List.of(new FieldViolation("document.text", "must not be empty")), failed.fieldViolations());
    assertEquals(Optional.of(Duration.ofMillis(200)), failed.retryDelay());
    assertEquals(Optional.of("r1"), failed.requestId());
    assertEquals("IsnadException: INVALID_ARGUMENT (INVALID_REQUEST): no text [request r1]", failed.toString());
  }

  @Test
  void aCallIsTriedAgainWhereTheServerIsUnavailable() {
    var calls = new AtomicInteger();
    fake.extract = (request, answer) -> {
      if (calls.incrementAndGet() < 3) {
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
      } else {
        answer(answer);
      }
    };
    client.extract(REQUEST);
    assertEquals(3, calls.get());
  }

  @Test
  void offsetsAreJavasOwnUnlessARequestSaysOtherwise() {
    var units = new ArrayList<OffsetUnit>();
    fake.extract = (request, answer) -> {
      units.add(request.getOffsetUnit());
      answer(answer);
    };
    client.extract(REQUEST);
    client.extract(REQUEST.toBuilder().setOffsetUnit(OffsetUnit.OFFSET_UNIT_UTF8_BYTE).build());
    assertEquals(List.of(OffsetUnit.OFFSET_UNIT_UTF16_CODE_UNIT, OffsetUnit.OFFSET_UNIT_UTF8_BYTE), units);
  }

  @Test
  void deadlinesAndContextsEndACall() {
    var hasty = client.withTimeout(Duration.ofMillis(100));
    var late = assertThrows(IsnadException.class, () -> hasty.extract(REQUEST));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.code());

    var context = Context.current().withCancellation();
    fake.extract = (request, answer) -> context.cancel(null);
    var left = assertThrows(IsnadException.class, () -> context.call(() -> client.extract(REQUEST)));
    assertEquals(Status.Code.CANCELLED, left.code());
  }

  @Test
  void leavingAStreamEndsItAndTheRequestsWithIt() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    Iterator<ExtractRequest> requests = new Iterator<>() {
      private int given;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public ExtractRequest next() {
        if (given++ == 3) {
          try {
            Thread.sleep(Long.MAX_VALUE); // for an article that does not come
          } catch (InterruptedException left) {
            interrupted.countDown();
            throw new IllegalStateException(left);
          }
        }
        return REQUEST;
      }
    };
    try (Stream<Answer> answers = client.extractStream(requests)) {
      assertEquals(List.of(0L, 1L, 2L), answers.limit(3).map(Answer::index).toList());
    }
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void whatTheRequestsThrowEndsTheirStream() {
    var torn = new IllegalStateException("the file is torn");
    Iterator<ExtractRequest> requests = Stream.of(1, 2)
        .map(n -> {
          if (n == 2) {
            throw torn;
          }
          return REQUEST;
        })
        .iterator();
    try (Stream<Answer> answers = client.extractStream(requests)) {
      assertSame(torn, assertThrows(IllegalStateException.class, () -> answers.forEach(Answer::orElseThrow)));
    }
  }

  @Test
  void aLongStreamIsReadToItsEnd() {
    try (Stream<Answer> answers = client.extractStream(Stream.generate(() -> REQUEST).limit(5_000).iterator())) {
      assertEquals(5_000, answers.filter(answer -> answer.response().isPresent()).count());
    }
  }
}
