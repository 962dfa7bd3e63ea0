package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** What member events say of the people behind them. */
@FunctionalInterface
public interface Profiles {

  /**
   * The profiles of users, each with whatever of {@code displayname} and {@code avatar_url} the
   * user has set, by user id. Users without either, or that are not of this server, may be left
   * out.
   */
  Future<Map<String, ObjectNode>> of(Collection<String> userIds);
}
