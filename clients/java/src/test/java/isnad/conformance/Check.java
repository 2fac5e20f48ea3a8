package isnad.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import isnad.FieldViolation;
import isnad.IsnadException;
import isnad.Spans;
import isnad.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must come back. All that is here throws an {@link AssertionError} where it does not hold. */
final class Check {
  /** The unit that the client must ask for. */
  private static final JsonElement OWN_UNIT = new JsonPrimitive("OFFSET_UNIT_UTF16_CODE_UNIT");

  private static final JsonElement ANY = new JsonPrimitive("$any");

  private Check() {}

  /** What a call gave: its JSON, the text that was sent and what Normalize made of it; null where there is none. */
  record Answer(JsonElement json, String sent, String folded) {

    static Answer of(MessageOrBuilder message, String sent, String folded) {
      try {
        return new Answer(JsonParser.parseString(JsonFormat.printer().print(message)), sent, folded);
      } catch (InvalidProtocolBufferException unknown) {
        throw new AssertionError(unknown);
      }
    }

    /** Holds the answer against a pattern, and its spans and unit against the texts. */
    void check(JsonElement pattern, List<String> words) {
      if (pattern != null) {
        match(pattern, json, "answer");
      }
      if (sent == null) {
        return;
      }
      match(OWN_UNIT, json.getAsJsonObject().get("offsetUnit"), "answer.offsetUnit");
      var spans = new ArrayList<Span>();
      cutAll(json, "answer", spans);
      for (String wanted : words) {
        int begin = sent.indexOf(wanted);
        var span = Span.newBuilder().setBegin(begin).setEnd(begin + wanted.length()).setText(wanted).build();
        hold(spans.contains(span), "no span is %s, from code unit %d", wanted, begin);
      }
    }

    /** Cuts every span with a text out of the text that it counts into, and gathers them. */
    private void cutAll(JsonElement value, String path, List<Span> spans) {
      if (value instanceof JsonArray list) {
        for (int i = 0; i < list.size(); i++) {
          cutAll(list.get(i), path + "[" + i + "]", spans);
        }
      } else if (value instanceof JsonObject object) {
        if (object.has("end") && object.has("text")) {
          int begin = object.has("begin") ? object.get("begin").getAsInt() : 0;
          var span = Span.newBuilder().setBegin(begin).setEnd(object.get("end").getAsInt()).setText(object.get("text").getAsString()).build();
          String text = path.endsWith(".normalized") ? folded : sent;
          String cut = Spans.cut(text, span);
          String plain = text.substring(span.getBegin(), span.getEnd());
          hold(cut.equals(span.getText()) && plain.equals(span.getText()), "%s cuts %s, not %s", path, cut, span.getText());
          spans.add(span);
        }
        object.entrySet().forEach(entry -> cutAll(entry.getValue(), path + "." + entry.getKey(), spans));
      }
    }
  }

  /** Looks at an error, detail by detail. */
  static void error(JsonObject expected, IsnadException told, boolean inStream) {
    var code = expected.get("code");
    var codes = code instanceof JsonArray several ? several : listOf(code);
    hold(codes.contains(new JsonPrimitive(told.code().name())), "code is %s, not %s (%s)", told.code(), codes, told.getMessage());
    var reason = Case.string(expected, "reason");
    if (reason.isEmpty()) {
      return;
    }
    hold(told.reason().equals(reason.get()), "reason is %s, not %s", told.reason(), reason.get());
    hold(told.domain().equals("isnad.v1.Extract"), "domain is %s", told.domain());
    hold(!told.getMessage().isEmpty(), "there is no message");
    var fields = new JsonArray();
    told.fieldViolations().stream().map(FieldViolation::field).forEach(fields::add);
    var wanted = Optional.ofNullable(expected.getAsJsonArray("fields")).orElseGet(JsonArray::new);
    hold(fields.equals(wanted), "fields are %s, not %s", fields, wanted);
    hold(told.fieldViolations().stream().noneMatch(violation -> violation.description().isEmpty()), "a field has no description");
    var metadata = new JsonObject();
    told.metadata().forEach(metadata::addProperty);
    match(Optional.ofNullable(expected.get("metadata")).orElse(JsonNull.INSTANCE), metadata, "metadata");
    var delay = Optional.ofNullable(expected.get("retryDelayMs")).map(JsonElement::getAsLong).map(Duration::ofMillis);
    hold(told.retryDelay().equals(delay), "the delay is %s, not %s", told.retryDelay(), delay);
    hold(inStream || told.requestId().isPresent(), "there is no request id");
    var id = Case.string(expected, "requestId");
    hold(id.isEmpty() || told.requestId().equals(id), "the request id is %s, not %s", told.requestId(), id);
  }

  /** Holds a value against a pattern. */
  private static void match(JsonElement pattern, JsonElement value, String path) {
    if (pattern.equals(ANY)) {
      hold(!isEmpty(value), "%s is absent or empty", path);
    } else if (pattern instanceof JsonObject parts) {
      hold(value instanceof JsonObject, "%s is %s, not an object", path, value);
      parts.entrySet().forEach(part -> match(part.getValue(), value.getAsJsonObject().get(part.getKey()), path + "." + part.getKey()));
    } else if (isEmpty(pattern)) {
      hold(isEmpty(value), "%s is %s, not absent or empty", path, value);
    } else if (pattern instanceof JsonArray parts) {
      hold(value instanceof JsonArray, "%s is %s, not a list", path, value);
      var rest = value.getAsJsonArray().iterator();
      for (int i = 0; i < parts.size(); i++) {
        boolean found = false;
        while (!found && rest.hasNext()) {
          found = matches(parts.get(i), rest.next());
        }
        hold(found, "%s has nothing for entry %d of the pattern", path, i);
      }
    } else {
      hold(pattern.equals(value), "%s is %s, not %s", path, value, pattern);
    }
  }

  private static boolean matches(JsonElement pattern, JsonElement value) {
    try {
      match(pattern, value, "");
      return true;
    } catch (AssertionError otherwise) {
      return false;
    }
  }

  /** Whether a value is as good as absent. */
  private static boolean isEmpty(JsonElement value) {
    if (value instanceof JsonArray list) {
      return list.isEmpty();
    }
    if (value instanceof JsonObject object) {
      return object.isEmpty();
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive.isNumber() ? primitive.getAsDouble() == 0 : primitive.isBoolean() ? !primitive.getAsBoolean() : primitive.getAsString().isEmpty();
    }
    return true;
  }

  private static JsonArray listOf(JsonElement one) {
    var list = new JsonArray();
    list.add(one);
    return list;
  }

  static void hold(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(values));
    }
  }
}
