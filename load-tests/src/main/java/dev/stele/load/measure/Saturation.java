package dev.stele.load.measure;

import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Finds out the most that a server does. It is measured until it was twice in succession no faster:
 * a compiler takes minutes to warm up, and the first measurement would be far too low.
 *
 * @param passed whether a measurement went well
 * @param speed how fast it was; asked of those that went well
 * @param <R> what a measurement results in
 */
public record Saturation<R>(Predicate<R> passed, ToDoubleFunction<R> speed) {
  /** By what factor a measurement is faster than another, and not by chance. */
  private static final double FASTER = 1.05;

  private static final int AT_MOST = 12;
  private static final int WITHOUT_GAIN = 2;

  /** The fastest measurement, or the first one that did not go well. Blocks. */
  public R find(Callable<R> measurement) throws Exception {
    R best = measurement.call();
    R last = best;
    int withoutGain = 0;
    for (int i = 1; i < AT_MOST && withoutGain < WITHOUT_GAIN && passed.test(last); i++) {
      last = measurement.call();
      boolean faster =
          passed.test(last) && speed.applyAsDouble(last) > speed.applyAsDouble(best) * FASTER;
      withoutGain = faster ? 0 : withoutGain + 1;
      best = faster ? last : best;
    }
    return passed.test(last) ? best : last;
  }
}
