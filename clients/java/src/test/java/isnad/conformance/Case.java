package isnad.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One call and what must come of it, as the suite writes it. */
record Case(JsonObject json) {

  String name() {
    return json.get("name").getAsString();
  }

  String server() {
    return string(json, "server").orElse("plain");
  }

  String call() {
    return json.get("call").getAsString();
  }

  String then() {
    return string(json, "then").orElse("end");
  }

  Optional<String> option(String key) {
    return options().flatMap(options -> string(options, key));
  }

  boolean has(String option) {
    return options().map(options -> options.get(option)).map(JsonElement::getAsBoolean).orElse(false);
  }

  Optional<Duration> milliseconds(String option) {
    return options().map(options -> options.get(option)).map(JsonElement::getAsLong).map(Duration::ofMillis);
  }

  JsonObject request() {
    return json.getAsJsonObject("request");
  }

  List<JsonElement> requests() {
    return json.getAsJsonArray("requests").asList();
  }

  JsonElement expectedAnswer() {
    return expect().get("answer");
  }

  List<String> expectedWords() {
    return Optional.ofNullable(expect().getAsJsonArray("words")).orElseGet(JsonArray::new).asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  List<JsonElement> expectedAnswers() {
    return expect().getAsJsonArray("answers").asList();
  }

  Optional<JsonObject> expectedError() {
    return Optional.ofNullable(expect().getAsJsonObject("error"));
  }

  /** What the JSON of a request says, as a message. */
  static <B extends Message.Builder> B message(JsonElement written, B builder) {
    try {
      JsonFormat.parser().merge(written.toString(), builder);
    } catch (InvalidProtocolBufferException faulty) {
      throw new IllegalArgumentException(faulty);
    }
    return builder;
  }

  static Optional<String> string(JsonObject object, String key) {
    return Optional.ofNullable(object.get(key)).map(JsonElement::getAsString);
  }

  private JsonObject expect() {
    return json.getAsJsonObject("expect");
  }

  private Optional<JsonObject> options() {
    return Optional.ofNullable(json.getAsJsonObject("options"));
  }
}
