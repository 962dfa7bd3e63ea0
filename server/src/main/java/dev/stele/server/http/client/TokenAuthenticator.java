package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.LastSeen;
import dev.stele.server.account.TokenOwner;
import dev.stele.server.account.TokenOwners;
import dev.stele.server.http.Authenticator;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;

/** Lets in whoever has a valid access token. */
public final class TokenAuthenticator implements Authenticator {
  private final TokenOwners owners;
  private final LastSeen lastSeen;
  private final InstantSource clock;

  public TokenAuthenticator(TokenOwners owners, LastSeen lastSeen, InstantSource clock) {
    this.owners = owners;
    this.lastSeen = lastSeen;
    this.clock = clock;
  }

  @Override
  public Future<Optional<Requester>> authenticate(String accessToken) {
    return owners.owner(accessToken).map(found -> found.map(this::requester));
  }

  @Override
  public void seen(Requester requester, String address) {
    lastSeen.note(requester.userId(), requester.deviceId(), address);
  }

  private Requester requester(TokenOwner owner) {
    if (owner.isExpiredAt(clock.millis())) {
      throw new BadRequest(
          MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "The access token has expired")
              .withField("soft_logout", true));
    }
    return new Requester(
        owner.userId(), owner.deviceId(), owner.admin(), owner.guest(), owner.tokenHash());
  }
}
