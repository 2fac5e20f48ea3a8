package isnad.conformance;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Runs the cases of the conformance suite through the Java client: {@code Main CASES SERVERS}. clients/conformance/README.md is the
 * format of cases, servers, and of what is printed.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var servers = read(Path.of(args[1])).getAsJsonObject();
    for (Path file : files(Path.of(args[0]))) {
      for (JsonElement written : writtenOut(read(file)).getAsJsonObject().getAsJsonArray("cases")) {
        var test = new Case(written.getAsJsonObject());
        var line = new JsonObject();
        line.addProperty("case", test.name());
        try {
          Call.run(test, servers.getAsJsonObject(test.server()));
          line.addProperty("ok", true);
        } catch (Exception | AssertionError failed) {
          line.addProperty("ok", false);
          line.addProperty("why", failed.getMessage() == null ? failed.toString() : failed.getMessage());
        }
        out.println(new Gson().toJson(line));
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static JsonElement read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file));
  }

  /** The value with {@code {"repeat": ..., "times": n}} replaced by what it stands for. */
  private static JsonElement writtenOut(JsonElement value) {
    if (value instanceof JsonArray list) {
      var out = new JsonArray();
      list.forEach(entry -> out.add(writtenOut(entry)));
      return out;
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    if (object.has("repeat") && object.has("times")) {
      var once = writtenOut(object.get("repeat"));
      int times = object.get("times").getAsInt();
      if (once.isJsonPrimitive()) {
        return new JsonPrimitive(once.getAsString().repeat(times));
      }
      var out = new JsonArray();
      Collections.nCopies(times, once).forEach(out::add);
      return out;
    }
    var out = new JsonObject();
    object.entrySet().forEach(entry -> out.add(entry.getKey(), writtenOut(entry.getValue())));
    return out;
  }
}
