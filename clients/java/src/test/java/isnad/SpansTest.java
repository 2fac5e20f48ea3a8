package isnad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.InvalidProtocolBufferException;
import isnad.v1.Span;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SpansTest {
  private static final String TEXT = "علم 🇮🇶 فوق المبنى"; // a flag over the building
  private static final int BEGIN = TEXT.indexOf("فوق");

  private static final Logger LOGGER = Logger.getLogger("com.google.protobuf.CodedOutputStream");

  private static String cut(String text, int begin, int end, String words) {
    return Spans.cut(text, Span.newBuilder().setBegin(begin).setEnd(end).setText(words).build());
  }

  @Test
  void provesWhatItCuts() {
    assertEquals("فوق", cut(TEXT, BEGIN, BEGIN + 3, "فوق"));
    assertEquals("فوق", cut(TEXT, BEGIN, BEGIN + 3, ""));
    assertThrows(IllegalArgumentException.class, () -> cut(TEXT, BEGIN, BEGIN + 3, "تحت")); // under
    assertThrows(IllegalArgumentException.class, () -> cut(TEXT, BEGIN, 1000, ""));
    assertThrows(IllegalArgumentException.class, () -> cut(TEXT, 4, 2, ""));
    assertThrows(IllegalArgumentException.class, () -> cut(TEXT, -1, 2, ""));
  }

  @Test
  void halfASurrogatePairArrivesAsAQuestionMark() throws InvalidProtocolBufferException {
    LOGGER.setLevel(Level.OFF); // protobuf warns of it
    var arrived = Span.parseFrom(Span.newBuilder().setText("\ud83c فوق").build().toByteString());
    assertEquals("? فوق", arrived.getText());
    assertEquals("\ud83c", cut("\ud83c فوق", 0, 1, "?"));
  }
}
