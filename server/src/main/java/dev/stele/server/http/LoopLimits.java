package dev.stele.server.http;

import io.vertx.core.Vertx;

/**
 * What one event loop keeps of requests that are under way: those that must have their body, or
 * their answer, in time.
 *
 * @param underWay those of all event loops, swept by each
 * @param traced whether requests are traced
 */
record LoopLimits(
    Deadlines<BodyReader> bodies, Deadlines<Call> answers, UnderWay underWay, boolean traced) {
  /** How often what is late is looked for, in milliseconds. */
  static final long SWEEP_MILLIS = 500;

  static LoopLimits of(Vertx vertx, Edge edge, Timeouts timeouts) {
    return new LoopLimits(
        new Deadlines<>(timeouts.body().toNanos(), System::nanoTime, BodyReader::expire),
        new Deadlines<>(timeouts.answer().toNanos(), System::nanoTime, edge.responder()::expire),
        edge.underWay(),
        RequestSpans.isOn(vertx));
  }

  /** Ends what is late. */
  void sweep() {
    bodies.sweep();
    answers.sweep();
    underWay.sweep();
  }
}
