package dev.stele.server.encryption;

import dev.stele.server.encryption.KeyClaims.Handed;
import dev.stele.server.encryption.KeyClaims.Wanted;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;

/** Keys that somebody has asked for, none of them twice, and waits for. */
final class ClaimRequest {
  private final List<Wanted> wanted;
  private final Promise<Map<Wanted, Handed>> answer = Promise.promise();

  ClaimRequest(List<Wanted> wanted) {
    this.wanted = List.copyOf(wanted);
  }

  List<Wanted> wanted() {
    return wanted;
  }

  /** What each of them got; those that got none are left out. */
  Promise<Map<Wanted, Handed>> answer() {
    return answer;
  }
}
