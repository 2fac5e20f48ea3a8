package isnad.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import isnad.IsnadClient;
import isnad.IsnadException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/** The services beside isnad's own, and bytes that are no message. */
final class Beside {
  private Beside() {}

  static Check.Answer health(IsnadClient client, JsonObject written) {
    var request = Case.message(written, HealthCheckRequest.newBuilder()).build();
    try {
      return Check.Answer.of(HealthGrpc.newBlockingStub(client.channel()).check(request), null, null);
    } catch (StatusRuntimeException failed) {
      throw IsnadException.of(failed, null);
    }
  }

  /** The two versions differ in their name alone. */
  static Check.Answer reflect(IsnadClient client, JsonObject written) throws Exception {
    var method = ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
        .setFullMethodName("grpc.reflection." + written.get("version").getAsString() + ".ServerReflection/ServerReflectionInfo")
        .build();
    var call = ClientCalls.blockingBidiStreamingCall(client.channel(), method, CallOptions.DEFAULT);
    call.write(ServerReflectionRequest.newBuilder().setListServices("").build());
    call.halfClose();
    var services = new JsonArray();
    call.read().getListServicesResponse().getServiceList().stream().map(ServiceResponse::getName).sorted().forEach(services::add);
    var answer = new JsonObject();
    answer.add("services", services);
    return new Check.Answer(answer, null, null);
  }

  static Check.Answer raw(IsnadClient client, JsonObject written) {
    var method = MethodDescriptor.newBuilder(new AsTheyAre(), new AsTheyAre())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(written.get("method").getAsString())
        .build();
    var headers = new AtomicReference<Metadata>();
    var channel = ClientInterceptors.intercept(
        client.channel(), MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    byte[] bytes = Base64.getDecoder().decode(written.get("bytes").getAsString());
    try {
      ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, bytes);
    } catch (StatusRuntimeException failed) {
      throw IsnadException.of(failed, headers.get());
    }
    return new Check.Answer(new JsonObject(), null, null);
  }

  /** Sends bytes for a message, and takes no answer. */
  private static final class AsTheyAre implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
