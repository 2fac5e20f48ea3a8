package isnad;

/**
 * A field of a request that is at fault.
 *
 * @param field its path: {@code options.lexicon[3].type}
 * @param description what is wrong with it and what would be right
 */
public record FieldViolation(String field, String description) {}
