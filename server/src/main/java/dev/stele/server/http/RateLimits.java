package dev.stele.server.http;

import dev.stele.api.RateClass;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many requests of each class one user, or one address, may make.
 *
 * @param enabled whether anything is limited at all
 * @param allowances the limits; a class without one is not limited
 */
public record RateLimits(boolean enabled, Map<RateClass, Allowance> allowances) {
  public RateLimits {
    allowances = Map.copyOf(allowances);
  }

  /**
   * A steady rate with room for bursts.
   *
   * @param perSecond requests a second in the long run, above 0
   * @param burst requests at once, at least 1
   */
  public record Allowance(double perSecond, int burst) {
    public Allowance {
      if (!(perSecond > 0)) {
        throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: > 0)");
      }
      if (burst < 1) {
        throw new IllegalArgumentException("burst: " + burst + " (expected: >= 1)");
      }
    }
  }

  /** What people need and programs that run wild exceed. */
  public static RateLimits defaults() {
    Map<RateClass, Allowance> allowances = new EnumMap<>(RateClass.class);
    allowances.put(RateClass.REGISTRATION, new Allowance(0.2, 10));
    allowances.put(RateClass.REGISTRATION_QUERY, new Allowance(1, 30));
    allowances.put(RateClass.LOGIN, new Allowance(0.2, 10));
    allowances.put(RateClass.REFRESH, new Allowance(5, 100));
    allowances.put(RateClass.MESSAGE, new Allowance(10, 100));
    allowances.put(RateClass.JOIN, new Allowance(1, 20));
    allowances.put(RateClass.INVITE, new Allowance(1, 30));
    allowances.put(RateClass.CREATE_ROOM, new Allowance(0.5, 20));
    allowances.put(RateClass.WRITE, new Allowance(10, 100));
    return new RateLimits(true, allowances);
  }

  public static RateLimits off() {
    return new RateLimits(false, Map.of());
  }
}
