package isnad;

import com.google.gson.Gson;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import isnad.v1.DescribeRequest;
import isnad.v1.DescribeResponse;
import isnad.v1.Document;
import isnad.v1.ExtractGrpc;
import isnad.v1.ExtractRequest;
import isnad.v1.ExtractResponse;
import isnad.v1.Layer;
import isnad.v1.NormalizeRequest;
import isnad.v1.NormalizeResponse;
import isnad.v1.OffsetUnit;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A channel to one or more isnad servers. It is safe for concurrent use, connects when first called and reconnects by itself: make
 * one and keep it.
 *
 * <p>Calls block. Interrupting the thread, or cancelling the {@link io.grpc.Context} that a call is made in, cancels the call.
 */
public final class IsnadClient implements AutoCloseable {
  /** Ends calls for which nothing else is set. Streams have no default. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final boolean gzip;
  private final Metadata sent;
  private final Duration timeout;
  private final Duration streamTimeout;

  private IsnadClient(ManagedChannel channel, boolean gzip, Metadata sent, Duration timeout, Duration streamTimeout) {
    this.channel = channel;
    this.gzip = gzip;
    this.sent = sent;
    this.timeout = timeout;
    this.streamTimeout = streamTimeout;
  }

  /** A client for the servers at {@code address}, in the clear and without a token. */
  public static IsnadClient connect(String address) {
    return builder(address).build();
  }

  /**
   * A client for the servers at {@code address}: {@code host:port}, or any target that gRPC resolves ({@code dns:///name:port} for
   * all replicas behind a headless service). A server that cannot be reached shows at the first call.
   */
  public static Builder builder(String address) {
    return new Builder(address);
  }

  /** How to connect. */
  public static final class Builder {
    private final String address;
    private ChannelCredentials credentials = InsecureChannelCredentials.create();
    private boolean gzip;
    private final Metadata sent = new Metadata();
    private Duration timeout = DEFAULT_TIMEOUT;

    private Builder(String address) {
      this.address = address;
    }

    /** Speaks TLS, with the authorities that the Java runtime trusts. */
    public Builder tls() {
      return credentials(TlsChannelCredentials.create());
    }

    /** Connects with these: {@link TlsChannelCredentials} with authorities, or a certificate of the caller's own. */
    public Builder credentials(ChannelCredentials credentials) {
      this.credentials = credentials;
      return this;
    }

    /**
     * Sends the token with every call. Without TLS it travels in the clear, which is right only on a network that is trusted or
     * encrypted by other means.
     */
    public Builder token(String token) {
      sent.discardAll(AUTHORIZATION);
      sent.put(AUTHORIZATION, "Bearer " + token);
      return this;
    }

    /** The deadline of calls for which nothing else is set; streams keep none. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** Compresses requests; worth it over a network. Answers come compressed where the server is set to do so. */
    public Builder gzip() {
      gzip = true;
      return this;
    }

    public IsnadClient build() {
      ManagedChannel channel = Grpc.newChannelBuilder(address, credentials)
          .defaultServiceConfig(serviceConfig())
          // An answer may be many times as long as its article; the server bounds both.
          .maxInboundMessageSize(Integer.MAX_VALUE)
          .build();
      return new IsnadClient(channel, gzip, sent, timeout, null);
    }
  }

  /** The same client, on the same connections, with this deadline for every call and stream. */
  public IsnadClient withTimeout(Duration timeout) {
    return new IsnadClient(channel, gzip, sent, timeout, timeout);
  }

  /** The same client, on the same connections, whose calls have this id in the server's log; the server makes one up otherwise. */
  public IsnadClient withRequestId(String id) {
    var more = new Metadata();
    more.merge(sent);
    more.discardAll(IsnadException.REQUEST_ID);
    more.put(IsnadException.REQUEST_ID, id);
    return new IsnadClient(channel, gzip, more, timeout, streamTimeout);
  }

  /** The channel itself, for the health and reflection services beside isnad's own. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Ends calls in flight and closes the connections. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  /**
   * Asks for {@code text} to be read: for these layers and those they are built on, or for all but tokens where none is given.
   * Everything else that can be asked is a field of the message.
   */
  public static ExtractRequest request(String text, Layer... layers) {
    return ExtractRequest.newBuilder().setDocument(Document.newBuilder().setText(text)).addAllLayers(List.of(layers)).build();
  }

  /** Reads one article and answers with all that was found in it. */
  public ExtractResponse extract(ExtractRequest request) {
    return call(stub -> stub.extract(ownUnit(request)));
  }

  /** Folds spelling variants of a text, with the list of edits by which any span maps both ways. */
  public NormalizeResponse normalize(NormalizeRequest request) {
    var own = request.getOffsetUnitValue() != 0
        ? request : request.toBuilder().setOffsetUnit(OffsetUnit.OFFSET_UNIT_UTF16_CODE_UNIT).build();
    return call(stub -> stub.normalize(own));
  }

  /** Tells which version answers, which layers it has, its limits, and how much its lexicon holds. */
  public DescribeResponse describe() {
    return call(stub -> stub.describe(DescribeRequest.getDefaultInstance()));
  }

  /**
   * Reads many articles over one call: an answer for each request, in their order.
   *
   * <p>A thread of the stream's own takes articles from {@code requests}, a bounded number of them ahead of the answers that were
   * read. Closing the stream cancels the call (and interrupts that thread), so use it in a {@code try}. An error of the call as a
   * whole is thrown behind the answers that came before it.
   */
  public Stream<Answer> extractStream(Iterator<ExtractRequest> requests) {
    var headers = new AtomicReference<Metadata>();
    Iterator<ExtractRequest> own = new Iterator<>() {
      @Override
      public boolean hasNext() {
        return requests.hasNext();
      }

      @Override
      public ExtractRequest next() {
        return ownUnit(requests.next());
      }
    };
    var answers = new AnswerIterator(own, headers);
    prepared(ExtractGrpc.newStub(channel), streamTimeout, headers).extractStream(answers);
    answers.start();
    var ordered = Spliterators.spliteratorUnknownSize(answers, Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(ordered, false).onClose(answers::close);
  }

  private <A> A call(Function<ExtractGrpc.ExtractBlockingStub, A> method) {
    var headers = new AtomicReference<Metadata>();
    try {
      return method.apply(prepared(ExtractGrpc.newBlockingStub(channel), timeout, headers));
    } catch (StatusRuntimeException failed) {
      throw IsnadException.of(failed, headers.get());
    }
  }

  /** The stub with what this client sends, its deadline, and {@code headers} to hold what comes back. */
  private <S extends AbstractStub<S>> S prepared(S stub, Duration timeout, AtomicReference<Metadata> headers) {
    S ready = stub.withInterceptors(
        MetadataUtils.newAttachHeadersInterceptor(sent),
        MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    if (gzip) {
      ready = ready.withCompression("gzip");
    }
    return timeout == null ? ready : ready.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The request, with offsets in Java's own unit where it names none. */
  private static ExtractRequest ownUnit(ExtractRequest request) {
    return request.getOffsetUnitValue() != 0
        ? request : request.toBuilder().setOffsetUnit(OffsetUnit.OFFSET_UNIT_UTF16_CODE_UNIT).build();
  }

  /**
   * Has the channel spread calls over all addresses of a name, leave out servers that are stopping, and try again with backoff
   * where a server says {@code UNAVAILABLE}. It is the same for every language.
   */
  @SuppressWarnings("unchecked")
  private static Map<String, ?> serviceConfig() {
    try (var json = new InputStreamReader(IsnadClient.class.getResourceAsStream("service-config.json"), StandardCharsets.UTF_8)) {
      return new Gson().fromJson(json, Map.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
