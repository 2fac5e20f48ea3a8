package isnad.examples;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import isnad.IsnadClient;
import isnad.Spans;
import isnad.v1.Entity;
import isnad.v1.Layer;
import isnad.v1.Quote;
import isnad.v1.Stance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints who said what in an article: {@code mvn -q test-compile exec:java -Dexec.args="ARTICLE [ADDRESS]"}. */
public final class WhoSaid {
  private WhoSaid() {}

  public static void main(String[] args) throws IOException {
    String text = Files.readString(Path.of(args[0]));
    // Java's standard output speaks the platform's encoding, which need not know Arabic.
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (IsnadClient client = IsnadClient.connect(args.length > 1 ? args[1] : "127.0.0.1:50051")) {
      var answer = client.extract(IsnadClient.request(text, Layer.LAYER_QUOTES));
      var names = answer.getEntitiesList().stream().collect(toMap(Entity::getId, Entity::getLatinName));
      for (Quote quote : answer.getQuotesList()) {
        String speakers = quote.getSpeakerEntityIdsList().stream().map(names::get).collect(joining(", "));
        if (speakers.isEmpty()) {
          // A speaker without a name is told in the article's own words.
          speakers = quote.hasSpeaker() ? Spans.cut(text, quote.getSpeaker()) : "somebody";
        }
        out.println(speakers + " " + stance(quote.getStance()) + ": " + Spans.cut(text, quote.getSpan()));
      }
    }
  }

  /** {@code STANCE_CALLS_FOR} as "calls for". */
  private static String stance(Stance value) {
    return value.name().substring("STANCE_".length()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
