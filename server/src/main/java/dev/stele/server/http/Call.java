package dev.stele.server.http;

import dev.stele.api.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** A request from its arrival to its answer. Of one event loop. */
final class Call {
  final HttpServerRequest request;
  final String requestId;
  final Context context;
  final long arrivedNanos;

  /** Set once the request is routed; null for what is no operation. */
  @Nullable Endpoint endpoint;

  private @Nullable Deadlines<Call> deadlines;
  private @Nullable UnderWay underWay;
  private boolean answered;

  Call(HttpServerRequest request, String requestId, Context context, long arrivedNanos) {
    this.request = request;
    this.requestId = requestId;
    this.context = context;
    this.arrivedNanos = arrivedNanos;
  }

  /**
   * From now on it must be answered in time.
   *
   * @param others those under way, which it has entered
   */
  void begin(Deadlines<Call> answers, UnderWay others) {
    deadlines = answers;
    underWay = others;
    answers.begin(this);
  }

  /** Whether it has no answer yet; from now on it has. */
  boolean answer() {
    boolean first = !answered;
    answered = true;
    if (deadlines != null) {
      deadlines.end(this);
      deadlines = null;
    }
    if (underWay != null) {
      underWay.leave();
      underWay = null;
    }
    return first;
  }
}
