package dev.stele.server.http;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.stele.api.RateClass;
import dev.stele.server.http.RateLimits.Allowance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets by class and subject, for all event loops together.
 *
 * <p>A bucket is one number: the time at which it will be full again. A request moves that time by
 * the interval of its class, and is refused if that would put it further ahead than the burst
 * allows. A full bucket says nothing, so forgetting one that nobody uses loses nothing.
 */
public final class RateLimiter {
  private static final int MAX_BUCKETS = 100_000;

  private final RateLimits limits;
  private final Ticker ticker;
  private final LoadingCache<Subject, AtomicLong> buckets;

  /**
   * @param ticker the clock; {@link Ticker#systemTicker()} outside of tests
   */
  public RateLimiter(RateLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.buckets =
        Caffeine.newBuilder()
            .recordStats()
            .ticker(ticker)
            .executor(Runnable::run)
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(timeToFill(limits))
            .build(subject -> new AtomicLong(Long.MIN_VALUE));
  }

  private record Subject(RateClass rateClass, String name) {}

  /**
   * Takes one request from the subject's allowance.
   *
   * @param subject a user id or an address
   * @return 0 if the request may go on, otherwise in how many milliseconds the next one may
   */
  public long take(RateClass rateClass, String subject) {
    Allowance allowance = limits.enabled() ? limits.allowances().get(rateClass) : null;
    return allowance == null ? 0 : take(allowance, new Subject(rateClass, subject));
  }

  private long take(Allowance allowance, Subject subject) {
    long interval = interval(allowance);
    long room = interval * (allowance.burst() - 1L);
    AtomicLong bucket = buckets.get(subject);
    while (true) {
      long now = ticker.read();
      long full = bucket.get();
      long ahead = full == Long.MIN_VALUE ? 0 : Math.max(0, full - now);
      if (ahead > room) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(ahead - room + 999_999));
      }
      if (bucket.compareAndSet(full, now + ahead + interval)) {
        return 0;
      }
    }
  }

  private static long interval(Allowance allowance) {
    return (long) (TimeUnit.SECONDS.toNanos(1) / allowance.perSecond());
  }

  private static Duration timeToFill(RateLimits limits) {
    @Nullable Long longest = null;
    for (Allowance allowance : limits.allowances().values()) {
      long time = interval(allowance) * allowance.burst();
      longest = longest == null ? time : Math.max(longest, time);
    }
    return Duration.ofNanos(longest == null ? 1 : longest);
  }

  /** Counts those whose allowance is known. */
  public void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, buckets, "stele.rate_limits");
  }
}
