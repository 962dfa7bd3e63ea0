package dev.stele.stateres.sign;

/**
 * A server's published key.
 *
 * @param verifier checks signatures by the key
 * @param validUntilTs until when the key may be trusted, in milliseconds since 1970: the lesser of
 *     what the server says and seven days from when it was asked; {@link Long#MAX_VALUE} where a
 *     room version does not care
 */
public record VerifyKey(Verifier verifier, long validUntilTs) {}
