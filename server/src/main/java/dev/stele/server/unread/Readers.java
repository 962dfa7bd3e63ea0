package dev.stele.server.unread;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.CompiledRules;
import dev.stele.server.push.RuleSet;
import dev.stele.server.record.AccountDataSet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** The rules of users who asked lately, ready to be tried. Thread-safe. */
final class Readers {
  private static final int MAX_USERS = 20_000;
  private static final Set<String> TYPES = Set.of(RuleSet.TYPE, "m.ignored_user_list");

  private final Rooms rooms;
  private final UserData data;
  private final Cache<String, Held> readers =
      Caffeine.newBuilder().maximumSize(MAX_USERS).recordStats().build();

  Readers(Rooms rooms, UserData data, MeterRegistry metrics) {
    this.rooms = rooms;
    this.data = data;
    CaffeineCacheMetrics.monitor(metrics, readers, "stele.push_rules");
  }

  private record Held(long position, Reader reader) {}

  /** The user as a reader, as of a position or later. At once if they are known. */
  Future<Reader> of(String userId, RecentRecords recent, long upTo) {
    Held held = readers.getIfPresent(userId);
    if (held != null && isCurrent(held, recent, upTo)) {
      if (held.position() < upTo) {
        readers.put(userId, new Held(upTo, held.reader()));
      }
      return Future.succeededFuture(held.reader());
    }
    return read(userId, upTo);
  }

  /** The user as a reader, from what is stored. */
  Future<Reader> read(String userId, long upTo) {
    return Future.all(
            data.accountData(userId, UserData.GLOBAL, RuleSet.TYPE), rooms.ignoredBy(userId))
        .map(
            both -> {
              Optional<ObjectNode> stored = both.resultAt(0);
              RuleSet rules = RuleSet.of(userId, stored.orElse(null));
              Reader reader = new Reader(userId, CompiledRules.of(userId, rules), both.resultAt(1));
              readers.put(userId, new Held(upTo, reader));
              return reader;
            });
  }

  private static boolean isCurrent(Held held, RecentRecords recent, long upTo) {
    if (held.position() >= upTo) {
      return true;
    }
    if (!recent.covers(held.position())) {
      return false;
    }
    for (AccountDataSet set : recent.accountData(held.reader().userId(), held.position())) {
      if (set.roomId() == null && TYPES.contains(set.type())) {
        return false;
      }
    }
    return true;
  }
}
