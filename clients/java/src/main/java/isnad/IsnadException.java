package isnad;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import isnad.v1.ArticleError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a call, or one article of a stream, was not answered. What it holds beyond code and message comes from the server, and is
 * empty where the server was not reached.
 */
public final class IsnadException extends RuntimeException {
  /** The domain of every error that comes from an isnad server. */
  public static final String DOMAIN = "isnad.v1.Extract";

  static final Metadata.Key<String> REQUEST_ID = Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private final Status.Code code;
  private final ErrorInfo info;
  private final List<FieldViolation> fieldViolations;
  private final Duration retryDelay; // or null
  private final String requestId; // or null

  private IsnadException(
      Status.Code code,
      String message,
      ErrorInfo info,
      List<FieldViolation> fieldViolations,
      Duration retryDelay,
      String requestId,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.info = info;
    this.fieldViolations = fieldViolations;
    this.retryDelay = retryDelay;
    this.requestId = requestId;
  }

  /** gRPC's code. */
  public Status.Code code() {
    return code;
  }

  /**
   * What went wrong, for programs: {@code INVALID_REQUEST}, {@code TEXT_TOO_LONG}, {@code MALFORMED_REQUEST}, {@code
   * UNAUTHENTICATED}, {@code OVERLOADED}, {@code SHUTTING_DOWN}, {@code DEADLINE_EXCEEDED}, {@code UNIMPLEMENTED}, {@code INTERNAL},
   * or what a later server says.
   */
  public String reason() {
    return info.getReason();
  }

  /** Who gave the reason: {@link #DOMAIN}, unless something on the way did. */
  public String domain() {
    return info.getDomain();
  }

  /** The figures that belong to the reason: {@code size} and {@code limit} of a text that is too long. */
  public Map<String, String> metadata() {
    return info.getMetadataMap();
  }

  /** The fields of the request that are at fault. */
  public List<FieldViolation> fieldViolations() {
    return fieldViolations;
  }

  /** How long to wait before trying again; empty where that would not help. */
  public Optional<Duration> retryDelay() {
    return Optional.ofNullable(retryDelay);
  }

  /** The call's id in the server's log; empty for an article of a stream. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  @Override
  public String toString() {
    return "IsnadException: %s%s: %s%s".formatted(
        code,
        reason().isEmpty() ? "" : " (" + reason() + ")",
        getMessage(),
        requestId == null ? "" : " [request " + requestId + "]");
  }

  /**
   * Reads the error of a call that was made by other means than {@link IsnadClient}, on its channel for one. The request id stands in
   * the call's headers, or in its trailers where it has none and {@code headers} is null.
   */
  public static IsnadException of(StatusRuntimeException failed, Metadata headers) {
    var status = StatusProto.fromThrowable(failed);
    List<Any> details = status == null ? List.of() : status.getDetailsList();
    return new IsnadException(
        failed.getStatus().getCode(),
        Optional.ofNullable(failed.getStatus().getDescription()).orElse(""),
        find(details, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance()),
        find(details, BadRequest.class).stream()
            .flatMap(request -> request.getFieldViolationsList().stream())
            .map(violation -> new FieldViolation(violation.getField(), violation.getDescription()))
            .toList(),
        find(details, RetryInfo.class).map(RetryInfo::getRetryDelay).map(IsnadException::duration).orElse(null),
        Stream.of(Optional.ofNullable(headers), Optional.ofNullable(failed.getTrailers()))
            .flatMap(sent -> sent.map(values -> values.get(REQUEST_ID)).stream())
            .findFirst()
            .orElse(null),
        failed);
  }

  /** Reads the same from the answer to an article of a stream. */
  static IsnadException of(ArticleError failed) {
    return new IsnadException(
        Status.fromCodeValue(failed.getCode()).getCode(),
        failed.getMessage(),
        ErrorInfo.newBuilder().setReason(failed.getReason()).setDomain(DOMAIN).putAllMetadata(failed.getMetadataMap()).build(),
        failed.getFieldViolationsList().stream()
            .map(violation -> new FieldViolation(violation.getField(), violation.getDescription()))
            .toList(),
        failed.hasRetryDelay() ? duration(failed.getRetryDelay()) : null,
        null,
        null);
  }

  private static <T extends Message> Optional<T> find(List<Any> details, Class<T> type) {
    for (Any detail : details) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException broken) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Duration duration(com.google.protobuf.Duration delay) {
    return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }
}
