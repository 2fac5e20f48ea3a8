package isnad.conformance;

import com.google.gson.JsonObject;
import io.grpc.ChannelCredentials;
import io.grpc.Context;
import io.grpc.TlsChannelCredentials;
import isnad.IsnadClient;
import isnad.IsnadException;
import isnad.v1.ExtractRequest;
import isnad.v1.NormalizeRequest;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Makes the call of a case. */
final class Call {
  /** A unary call that a case may make. */
  private interface Unary {
    Check.Answer make(IsnadClient client, JsonObject request) throws Exception;
  }

  private static final Map<String, Unary> CALLS = Map.of(
      "extract", Call::extract,
      "normalize", Call::normalize,
      "describe", (client, request) -> Check.Answer.of(client.describe(), null, null),
      "health", Beside::health,
      "reflect", Beside::reflect,
      "raw", Beside::raw);

  private Call() {}

  /** Makes the call of the case and looks at what comes of it. Throws where it is not what must. */
  static void run(Case test, JsonObject server) throws Exception {
    try (IsnadClient connected = connect(test, server); var context = Context.current().withCancellation()) {
      IsnadClient client = connected.withTimeout(test.milliseconds("timeoutMs").orElse(Duration.ofSeconds(30)));
      client = test.option("requestId").map(client::withRequestId).orElse(client);
      test.milliseconds("cancelAfterMs").ifPresent(delay -> CompletableFuture
          .delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> context.cancel(null)));
      Optional<IsnadException> failed = Optional.empty();
      Context before = context.attach();
      try {
        make(test, server, client, context);
      } catch (IsnadException told) {
        if (test.expectedError().isEmpty()) {
          throw told;
        }
        failed = Optional.of(told);
      } finally {
        context.detach(before);
      }
      if (test.expectedError().isPresent()) {
        Check.hold(failed.isPresent(), "there is no error");
        Check.error(test.expectedError().get(), failed.get(), false);
      }
    }
  }

  private static void make(Case test, JsonObject server, IsnadClient client, Context.CancellableContext context) throws Exception {
    if (test.call().equals("extract_stream")) {
      stream(test, server, client, context);
      return;
    }
    Check.Answer answer = CALLS.get(test.call()).make(client, test.request());
    if (test.expectedError().isEmpty()) {
      answer.check(test.expectedAnswer(), test.expectedWords());
    }
  }

  /** Connects as the case says. */
  private static IsnadClient connect(Case test, JsonObject server) throws IOException {
    var builder = IsnadClient.builder(server.get("address").getAsString());
    if (server.has("tls")) {
      builder.credentials(credentials(test, server.getAsJsonObject("tls")));
    }
    test.option("token").ifPresent(builder::token);
    if (test.has("gzip")) {
      builder.gzip();
    }
    return builder.build();
  }

  private static ChannelCredentials credentials(Case test, JsonObject files) throws IOException {
    var tls = TlsChannelCredentials.newBuilder();
    if (!test.option("trust").equals(Optional.of("system"))) {
      tls.trustManager(new File(files.get("ca").getAsString()));
    }
    if (test.has("identity")) {
      tls.keyManager(new File(files.get("cert").getAsString()), new File(files.get("key").getAsString()));
    }
    return tls.build();
  }

  private static Check.Answer extract(IsnadClient client, JsonObject written) {
    var request = Case.message(written, ExtractRequest.newBuilder()).build();
    return Check.Answer.of(client.extract(request), request.getDocument().getText(), null);
  }

  private static Check.Answer normalize(IsnadClient client, JsonObject written) {
    var request = Case.message(written, NormalizeRequest.newBuilder()).build();
    var response = client.normalize(request);
    return Check.Answer.of(response, request.getText(), response.getText());
  }

  /** Makes a stream of the case's requests, does what the case says behind the answers that it expects, and reads on. */
  private static void stream(Case test, JsonObject server, IsnadClient client, Context.CancellableContext context) {
    List<ExtractRequest> requests = test.requests().stream()
        .map(written -> Case.message(written, ExtractRequest.newBuilder()).build())
        .toList();
    var expected = test.expectedAnswers();
    int read = 0;
    try (var answers = client.extractStream(articles(requests, test.then()))) {
      Iterator<isnad.Answer> each = answers.iterator();
      while (true) {
        if (read == expected.size()) {
          then(test.then(), server, context);
        }
        if (!each.hasNext()) {
          break;
        }
        isnad.Answer answer = each.next();
        Check.hold(read < expected.size(), "there is an answer too many, of %s", answer.documentId());
        streamed(answer, read, requests.get(read), expected.get(read).getAsJsonObject());
        read++;
      }
    } catch (IsnadException failed) {
      Check.hold(read == expected.size(), "after %d answers: %s", read, failed);
      throw failed;
    }
    Check.hold(read == expected.size(), "%d answers came, not %d", read, expected.size());
  }

  /** The requests, which do not end where something is to happen behind the answers. */
  private static Iterator<ExtractRequest> articles(List<ExtractRequest> requests, String then) {
    Iterator<ExtractRequest> given = requests.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (!given.hasNext() && !then.equals("end")) {
          try {
            new CountDownLatch(1).await(); // until the stream is left
          } catch (InterruptedException left) {
            return false;
          }
        }
        return given.hasNext();
      }

      @Override
      public ExtractRequest next() {
        return given.next();
      }
    };
  }

  private static void then(String then, JsonObject server, Context.CancellableContext context) {
    switch (then) {
      case "cancel" -> context.cancel(null);
      case "stop" -> ProcessHandle.of(server.get("pid").getAsLong()).orElseThrow().destroy(); // SIGTERM
      default -> {}
    }
  }

  private static void streamed(isnad.Answer answer, int place, ExtractRequest request, JsonObject expected) {
    Check.hold(answer.index() == place, "answer %d has the index %d", place, answer.index());
    Check.hold(answer.documentId().equals(request.getDocument().getId()), "answer %d is of %s", place, answer.documentId());
    if (expected.has("error")) {
      Check.hold(answer.error().isPresent(), "answer %d is no error", place);
      Check.error(expected.getAsJsonObject("error"), answer.error().get(), true);
    } else {
      var response = answer.orElseThrow();
      Check.Answer.of(response, request.getDocument().getText(), null).check(expected.get("response"), List.of());
    }
  }
}
