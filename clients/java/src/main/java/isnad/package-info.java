/**
 * Reads Arabic news through an isnad server: who said what, met whom, where and when, each fact tied to its words.
 *
 * <pre>{@code
 * try (IsnadClient client = IsnadClient.connect("localhost:50051")) {
 *   ExtractResponse answer = client.extract(IsnadClient.request(text));
 *   for (Quote quote : answer.getQuotesList()) {
 *     System.out.println(Spans.cut(text, quote.getSpan()));
 *   }
 * }
 * }</pre>
 *
 * <p>Requests and answers are the messages of the contract, in {@code isnad.v1}, whose comments are the reference. Offsets count
 * UTF-16 code units, as Java's strings do, unless a request says otherwise.
 */
package isnad;
