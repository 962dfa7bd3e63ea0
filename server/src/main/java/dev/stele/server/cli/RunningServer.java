package dev.stele.server.cli;

import io.vertx.core.Future;
import java.util.List;

/** A homeserver that answers. */
public interface RunningServer {

  /** The ports it is bound to, in the order of the listeners of its settings. */
  List<Integer> ports();

  /** Completes with the reason when the server cannot go on, and never otherwise. */
  Future<String> failure();

  /** Ends it: answers what it has accepted, then stops listening and stops its database. */
  Future<Void> close();
}
