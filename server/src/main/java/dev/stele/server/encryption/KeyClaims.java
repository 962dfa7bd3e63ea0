package dev.stele.server.encryption;

import dev.stele.eventstore.Overloaded;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands out the one-time keys of devices: each once, the oldest first, and the fallback key when
 * none is left. Thread-safe. Client-server API, {@code POST /keys/claim}.
 *
 * <p>Claims are decided in rounds, one after the other, each for all that have gathered meanwhile:
 * one question to the database and one append, for however many devices. A key is told to nobody
 * before the record that hands it out is durable; and that record holds a claim to the key, so that
 * no other server on the same log could hand it out as well.
 */
public final class KeyClaims {
  /** How many keys one round hands out at most. */
  private static final int ROUND = 1_000;

  private static final int MAX_WAITING = 30_000;

  private final ClaimRound.Source source;
  private final Deque<ClaimRequest> waiting = new ArrayDeque<>();
  private int waitingKeys;
  private boolean busy;

  public KeyClaims(RecordLog log, EncryptionKeys keys, MeterRegistry metrics) {
    this.source = new ClaimRound.Source(log, keys);
    Gauge unused =
        Gauge.builder("stele.keys.claims.waiting", this, KeyClaims::waitingKeys)
            .description("Claims of one-time keys that wait")
            .register(metrics);
  }

  /** A key of this algorithm of this device is asked for. */
  public record Wanted(String userId, String deviceId, String algorithm) {}

  /**
   * A key that was handed out.
   *
   * @param keyId {@code <algorithm>:<id>}
   * @param key the key, JSON text
   */
  public record Handed(String keyId, String key) {}

  /**
   * Hands out a key for each that is wanted; those of which there is none are left out. Fails with
   * {@link Overloaded} when too many wait already.
   *
   * @param wanted none of them twice
   */
  public Future<Map<Wanted, Handed>> claim(Collection<Wanted> wanted) {
    List<ClaimRequest> requests = split(List.copyOf(wanted));
    if (requests.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    if (!enqueue(requests, wanted.size())) {
      return Future.failedFuture(new Overloaded());
    }
    return Future.all(requests.stream().map(request -> request.answer().future()).toList())
        .map(
            answered -> {
              Map<Wanted, Handed> handed = new HashMap<>();
              requests.forEach(request -> handed.putAll(request.answer().future().result()));
              return handed;
            });
  }

  private static List<ClaimRequest> split(List<Wanted> wanted) {
    List<ClaimRequest> requests = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += ROUND) {
      requests.add(new ClaimRequest(wanted.subList(from, Math.min(from + ROUND, wanted.size()))));
    }
    return requests;
  }

  private boolean enqueue(List<ClaimRequest> requests, int keys) {
    synchronized (waiting) {
      if (waitingKeys + keys > MAX_WAITING) {
        return false;
      }
      waiting.addAll(requests);
      waitingKeys += keys;
      if (busy) {
        return true;
      }
      busy = true;
    }
    nextRound();
    return true;
  }

  private void nextRound() {
    List<ClaimRequest> round = take();
    if (!round.isEmpty()) {
      Future<Void> unused = new ClaimRound(source, round).run().onComplete(done -> nextRound());
    }
  }

  /** Whoever asked first, and as many more as one round takes; nobody ends being busy. */
  private List<ClaimRequest> take() {
    List<ClaimRequest> round = new ArrayList<>();
    int keys = 0;
    synchronized (waiting) {
      while (!waiting.isEmpty() && keys + waiting.peek().wanted().size() <= ROUND) {
        ClaimRequest request = waiting.remove();
        keys += request.wanted().size();
        round.add(request);
      }
      waitingKeys -= keys;
      busy = !round.isEmpty();
    }
    return round;
  }

  private int waitingKeys() {
    synchronized (waiting) {
      return waitingKeys;
    }
  }
}
