package isnad;

import static java.nio.charset.StandardCharsets.UTF_8;

import isnad.v1.Span;

/** From spans to words. */
public final class Spans {
  private Spans() {}

  /**
   * The words of {@code text} that {@code span} stands for, {@code text.substring(span.getBegin(), span.getEnd())}, and proof that
   * they are {@code span.getText()} (unless the request asked to leave that out).
   *
   * @throws IllegalArgumentException where {@code text} is not the text that was sent, or where the request asked for another
   *     offset unit
   */
  public static String cut(String text, Span span) {
    int begin = span.getBegin();
    int end = span.getEnd();
    if (begin < 0 || begin > end || end > text.length()) {
      throw new IllegalArgumentException("the span from %s to %s is not in a text of %s code units"
          .formatted(Integer.toUnsignedString(begin), Integer.toUnsignedString(end), text.length()));
    }
    String words = text.substring(begin, end);
    String told = span.getText();
    if (!told.isEmpty() && !told.equals(words) && !told.equals(asSent(words))) {
      throw new IllegalArgumentException(
          "code units %d to %d are \"%s\", not \"%s\": not the text that was sent, or not offsets in UTF-16 code units"
              .formatted(begin, end, words, told));
    }
    return words;
  }

  /** Half a surrogate pair reaches the server as a question mark, which is as long. */
  private static String asSent(String words) {
    return new String(words.getBytes(UTF_8), UTF_8);
  }
}
