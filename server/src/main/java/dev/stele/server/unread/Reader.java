package dev.stele.server.unread;

import dev.stele.server.push.CompiledRules;
import java.util.Set;

/**
 * What makes events notify a user, as of a position.
 *
 * @param userId the user
 * @param rules their push rules
 * @param ignored whom they ignore
 */
record Reader(String userId, CompiledRules rules, Set<String> ignored) {
  Reader {
    ignored = Set.copyOf(ignored);
  }
}
