package isnad;

import isnad.v1.ExtractResponse;
import isnad.v1.ExtractStreamResponse;
import java.util.Optional;

/**
 * What became of one article of a stream: what was found in it, or why it could not be read.
 *
 * @param index the place of the request in the stream, from 0
 * @param documentId the id of the document as it was sent
 * @param response what was found
 * @param error why there is nothing; the stream goes on
 */
public record Answer(long index, String documentId, Optional<ExtractResponse> response, Optional<IsnadException> error) {

  /**
   * What was found.
   *
   * @throws IsnadException where the article could not be read
   */
  public ExtractResponse orElseThrow() {
    return response.orElseThrow(error::orElseThrow);
  }

  static Answer of(ExtractStreamResponse message) {
    if (message.hasError()) {
      var failed = message.getError();
      return new Answer(message.getIndex(), failed.getDocumentId(), Optional.empty(), Optional.of(IsnadException.of(failed)));
    }
    var response = message.getResponse();
    return new Answer(message.getIndex(), response.getDocumentId(), Optional.of(response), Optional.empty());
  }
}
