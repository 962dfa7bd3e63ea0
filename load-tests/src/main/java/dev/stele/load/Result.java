package dev.stele.load;

import java.util.Map;

/**
 * What a run measured.
 *
 * @param name what was measured
 * @param target where
 * @param workload what was done, as its settings say
 * @param seconds how long it was measured
 * @param sent messages acknowledged in that time
 * @param sendsPerSecond the same by the second
 * @param send from send, or from when it was due, to acknowledgement
 * @param delivery from send to arrival at each poller
 * @param generatorLag how late the generator was itself; open loop only
 * @param failures failed requests by reason, warm-up included
 * @param check whether every poller heard everything
 */
record Result(
    String name,
    String target,
    Map<String, Object> workload,
    double seconds,
    long sent,
    double sendsPerSecond,
    Latency send,
    Latency delivery,
    Latency generatorLag,
    Map<String, Long> failures,
    Check check) {

  static Result of(
      String name, Target target, Workload workload, double seconds, Meter meter, Check check) {
    return new Result(
        name,
        target.url().toString(),
        Map.of(
            "senders", workload.senders(),
            "rooms", workload.rooms(),
            "pollers", workload.pollers(),
            "rate", workload.rate(),
            "text_length", workload.textLength(),
            "warm_up_seconds", workload.warmUp().toMillis() / 1e3,
            "seed", workload.seed(),
            "threads", target.threads()),
        seconds,
        meter.sentSoFar(),
        meter.sentSoFar() / seconds,
        meter.sendLatency(),
        meter.deliveryLatency(),
        meter.lag(),
        meter.failures(),
        check);
  }

  boolean passed() {
    return sent > 0 && check.passed();
  }
}
