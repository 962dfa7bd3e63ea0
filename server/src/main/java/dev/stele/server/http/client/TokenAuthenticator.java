package dev.stele.server.http.client;

import dev.stele.server.account.TokenOwner;
import dev.stele.server.account.TokenOwners;
import dev.stele.server.http.Authenticator;
import dev.stele.server.http.Requester;
import io.vertx.core.Future;
import java.util.Optional;

/** Lets in whoever has a valid access token. */
public final class TokenAuthenticator implements Authenticator {
  private final TokenOwners owners;

  public TokenAuthenticator(TokenOwners owners) {
    this.owners = owners;
  }

  @Override
  public Future<Optional<Requester>> authenticate(String accessToken) {
    return owners.owner(accessToken).map(found -> found.map(TokenAuthenticator::requester));
  }

  private static Requester requester(TokenOwner owner) {
    return new Requester(
        owner.userId(), owner.deviceId(), owner.admin(), owner.guest(), owner.tokenHash());
  }
}
