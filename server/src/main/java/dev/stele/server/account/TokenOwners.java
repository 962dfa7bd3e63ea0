package dev.stele.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.stele.eventstore.Following;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.TokenRow;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.TokenChange;
import dev.stele.server.record.TokensRefreshed;
import dev.stele.server.record.TokensTaken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose access token is whose: from memory as a rule, else from the projection. Thread-safe.
 *
 * <p>A token that is void is forgotten twice: by whoever voided it, before the client is told, and
 * again when the fact comes from the log, which covers the other nodes. A look-up that began before
 * a token was voided may end after; it is then answered but not remembered, which {@link #voided}
 * tells.
 */
public final class TokenOwners {
  private static final int MAX_TOKENS = 100_000;

  private final RecordLog log;
  private final Accounts accounts;
  private final UserQueues queues;
  private final InstantSource clock;
  private final Following following;
  private final Cache<String, TokenOwner> known;
  private final Map<Device, String> tokenOf = new ConcurrentHashMap<>();
  private final AtomicLong voided = new AtomicLong();

  public TokenOwners(
      RecordLog log,
      Accounts accounts,
      UserQueues queues,
      InstantSource clock,
      MeterRegistry meters) {
    this.log = log;
    this.accounts = accounts;
    this.queues = queues;
    this.clock = clock;
    this.known =
        CaffeineCacheMetrics.monitor(
            meters,
            Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MAX_TOKENS)
                .recordStats()
                .evictionListener(this::evicted)
                .build(),
            "access_tokens");
    this.following = log.follow("access_tokens", log.committed(), this::accept);
  }

  /**
   * Whose token this is; empty for a token that is unknown or void. It may have expired. With the
   * first use of a device's next token, which is durable when the future completes, the tokens that
   * the device had are void.
   */
  public Future<Optional<TokenOwner>> owner(String accessToken) {
    if (!SecretToken.ACCESS.isPlausible(accessToken)) {
      return Future.succeededFuture(Optional.empty());
    }
    String hash = SecretToken.hash(accessToken);
    TokenOwner owner = known.getIfPresent(hash);
    return owner == null ? load(hash) : Future.succeededFuture(Optional.of(owner));
  }

  /** Forgets the tokens that a committed fact has made void. */
  void forget(Fact fact) {
    TokenChange.of(fact)
        .forEach(change -> forget(change.userId(), change.deviceId(), change.tokenHash()));
    if (fact instanceof TokensRefreshed refreshed) {
      forget(refreshed.userId(), refreshed.deviceId(), null);
    }
  }

  /** Stops following the log. */
  public Future<Void> close() {
    return following.close();
  }

  private Future<Optional<TokenOwner>> load(String hash) {
    long before = voided.get();
    return accounts
        .token(hash)
        .compose(
            found -> {
              Optional<TokenOwner> owner = found.map(row -> owner(row, hash));
              if (found.isPresent() && found.get().next()) {
                return owner.get().isExpiredAt(clock.millis())
                    ? Future.succeededFuture(owner)
                    : queues.submit(owner.get().userId(), () -> take(hash));
              }
              owner.ifPresent(present -> remember(present, before));
              return Future.succeededFuture(owner);
            });
  }

  /** Makes a next token the current one, unless it became so meanwhile, or void. */
  private Future<Optional<TokenOwner>> take(String hash) {
    return accounts
        .token(hash)
        .compose(
            found -> {
              Optional<TokenOwner> owner = found.map(row -> owner(row, hash));
              if (found.isEmpty() || !found.get().next()) {
                return Future.succeededFuture(owner);
              }
              var fact = new TokensTaken(found.get().userId(), found.get().deviceId(), hash);
              return log.append(List.of(fact))
                  .onSuccess(appended -> forget(fact))
                  .map(appended -> owner);
            });
  }

  private static TokenOwner owner(TokenRow row, String hash) {
    return new TokenOwner(
        row.userId(), row.deviceId(), row.admin(), row.guest(), hash, row.expiresAt());
  }

  private void remember(TokenOwner owner, long before) {
    if (voided.get() != before) {
      return;
    }
    Device device = new Device(owner.userId(), owner.deviceId());
    // In this order: the cache may let go of it at once, and takes it from the map then.
    tokenOf.put(device, owner.tokenHash());
    known.put(owner.tokenHash(), owner);
    if (voided.get() != before) {
      known.invalidate(owner.tokenHash());
      tokenOf.remove(device, owner.tokenHash());
    }
  }

  private void forget(String userId, String deviceId, @Nullable String except) {
    voided.incrementAndGet();
    Device device = new Device(userId, deviceId);
    String hash = tokenOf.get(device);
    if (hash != null && !hash.equals(except)) {
      tokenOf.remove(device, hash);
      known.invalidate(hash);
    }
  }

  private Future<Void> accept(List<Entry> entries) {
    entries.forEach(entry -> forget(entry.fact()));
    return Future.succeededFuture();
  }

  private void evicted(@Nullable String hash, @Nullable TokenOwner owner, RemovalCause cause) {
    if (hash != null && owner != null) {
      tokenOf.remove(new Device(owner.userId(), owner.deviceId()), hash);
    }
  }

  private record Device(String userId, String deviceId) {}
}
