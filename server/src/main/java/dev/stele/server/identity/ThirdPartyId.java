package dev.stele.server.identity;

import dev.stele.stateres.id.ServerName;

/**
 * Somebody who is known by something other than a user id, and the identity server to ask about
 * them.
 *
 * @param server the identity server
 * @param accessToken the inviting user's token there
 * @param medium such as {@code email}
 * @param address in the form that the medium is compared in
 */
public record ThirdPartyId(ServerName server, String accessToken, String medium, String address) {}
