package isnad.examples;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import isnad.IsnadClient;
import isnad.Spans;
import isnad.v1.Entity;
import isnad.v1.Layer;
import isnad.v1.Stance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints who said what in articles: the speakers' Latin names, what they did by saying it, and the words of the quote.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.args="ADDRESS FILE..."</pre>
 */
public final class WhoSaid {
  private WhoSaid() {}

  public static void main(String[] args) throws IOException {
    // Java's standard output speaks the platform's encoding, which need not know Arabic.
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (IsnadClient client = IsnadClient.connect(args[0])) {
      for (int i = 1; i < args.length; i++) {
        tell(client, Files.readString(Path.of(args[i])), out);
      }
    }
  }

  /** Prints a line for each quote of the article. */
  private static void tell(IsnadClient client, String text, PrintStream out) {
    var answer = client.extract(IsnadClient.request(text, Layer.LAYER_QUOTES));
    var names = answer.getEntitiesList().stream().collect(toMap(Entity::getId, Entity::getLatinName));
    for (var quote : answer.getQuotesList()) {
      String speakers = quote.getSpeakerEntityIdsList().stream().map(names::get).collect(joining(", "));
      String words = Spans.cut(text, quote.getSpan()).strip().replaceAll("\\s+", " ");
      // Whom the article does not name is somebody.
      out.println(String.join("\t", speakers.isEmpty() ? "somebody" : speakers, stance(quote.getStance()), words));
    }
  }

  /** {@code STANCE_CALLS_FOR} as "calls for"; "in words" where no saying word stands. */
  private static String stance(Stance value) {
    return value == Stance.STANCE_UNSPECIFIED
        ? "in words"
        : value.name().substring("STANCE_".length()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
