package dev.stele.load;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import java.util.List;

/**
 * One event loop with its own connections.
 *
 * @param context where everything of this loop runs
 * @param clients one for each source address
 */
record Loop(Context context, List<HttpClient> clients) {

  /** The client of a user, always the same one. */
  HttpClient client(int user) {
    return clients.get(Math.floorMod(user, clients.size()));
  }
}
