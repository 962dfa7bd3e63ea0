package dev.stele.server.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Walks through spaces that may go on, by the token that their client was given. They are kept for
 * a while and only so many; whoever comes too late starts again. Thread-safe.
 */
public final class SpaceWalks {
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** Room ids, of about a hundred bytes each. */
  private static final int MAX_WEIGHT = 200_000;

  private final Cache<String, SpaceWalk> walks;

  public SpaceWalks(Ticker ticker) {
    this.walks =
        Caffeine.newBuilder()
            .expireAfterWrite(KEPT)
            .maximumWeight(MAX_WEIGHT)
            .weigher((String token, SpaceWalk walk) -> walk.weight())
            .ticker(ticker)
            .recordStats()
            .build();
  }

  /** Counts the walks that may go on. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, walks, "stele.space_walks");
  }

  /** Keeps a walk, and returns its token. */
  public String keep(SpaceWalk walk) {
    String token = UUID.randomUUID().toString();
    walks.put(token, walk);
    return token;
  }

  /** The walk of a token, if it is this user's and started from this room. */
  public Optional<SpaceWalk> find(String token, String userId, String root) {
    return Optional.ofNullable(walks.getIfPresent(token))
        .filter(walk -> walk.userId().equals(userId) && walk.root().equals(root));
  }
}
