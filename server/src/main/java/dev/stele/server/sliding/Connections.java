package dev.stele.server.sliding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all devices. Of each the last two answers are remembered: the one that the
 * client has processed, and the one that may have been lost on its way. In memory only, and
 * bounded: whoever comes back to a connection that is not there any more is told to start anew.
 * Thread-safe.
 *
 * <p>A {@code pos} is {@code s<position>_<number>_<connection>}, so that {@code /messages} takes it
 * as well.
 */
public final class Connections {
  private static final Pattern FORM = Pattern.compile("s([0-9]{1,18})_([0-9]{1,18})_([0-9]{1,18})");
  private static final long MAX_ROOMS = 2_000_000;
  private static final int MAX_PER_DEVICE = 10;
  private static final Duration REMEMBERED = Duration.ofHours(12);
  private static final long ROOM_OF_IDS = 1_000_000_000_000_000_000L;

  private final SecureRandom random = new SecureRandom();
  private final Cache<Device, List<Connection>> devices;

  public Connections(MeterRegistry metrics) {
    this.devices =
        Caffeine.newBuilder()
            .maximumWeight(MAX_ROOMS)
            .weigher((Device device, List<Connection> open) -> weight(open))
            .expireAfterAccess(REMEMBERED)
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, devices, "stele.sliding.connections");
  }

  private record Device(String userId, String deviceId) {}

  /** Whose connection, and which of theirs. */
  public record Name(String userId, String deviceId, String connectionId) {
    private Device device() {
      return new Device(userId, deviceId);
    }
  }

  /**
   * A connection.
   *
   * @param id tells it from others of its name
   * @param processed what the client surely knows
   * @param sent what it knows if it got the last answer; null before the first
   */
  private record Connection(
      Name name, long id, ConnectionState processed, @Nullable ConnectionState sent) {
    int weight() {
      return 10 + processed.rooms().size() + (sent == null ? 0 : sent.rooms().size());
    }
  }

  /**
   * An answer to base the next one on.
   *
   * @param id the connection's
   */
  public record Base(Name name, long id, ConnectionState state) {}

  /** Begins a connection; one of the same name that there was ends. */
  public Base open(Name name) {
    return new Base(name, Math.floorMod(random.nextLong(), ROOM_OF_IDS), ConnectionState.NEW);
  }

  /** The answer that a {@code pos} belongs to, unless it is unknown, forgotten or too old. */
  public Optional<Base> find(Name name, String pos) {
    Matcher form = FORM.matcher(pos);
    List<Connection> open = devices.getIfPresent(name.device());
    if (!form.matches() || open == null) {
      return Optional.empty();
    }
    long number = Long.parseLong(form.group(2));
    long id = Long.parseLong(form.group(3));
    for (Connection connection : open) {
      if (connection.id == id && connection.name.equals(name)) {
        ConnectionState state =
            connection.sent != null && connection.sent.number() == number
                ? connection.sent
                : connection.processed;
        return state.number() == number && !state.isNew()
            ? Optional.of(new Base(name, id, state))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Remembers an answer.
   *
   * @param base what it was based on, which the client has processed
   * @return its {@code pos}
   */
  public String remember(Base base, ConnectionState sent) {
    Connection connection = new Connection(base.name, base.id, base.state, sent);
    List<Connection> unused =
        devices.asMap().compute(base.name.device(), (device, open) -> with(open, connection));
    return "s" + sent.position() + "_" + sent.number() + "_" + base.id;
  }

  private static List<Connection> with(@Nullable List<Connection> open, Connection connection) {
    ArrayDeque<Connection> all = new ArrayDeque<>(open == null ? List.of() : open);
    boolean replaced = all.removeIf(known -> known.name.equals(connection.name));
    if (!replaced && all.size() >= MAX_PER_DEVICE) {
      Connection unused = all.removeFirst();
    }
    all.addLast(connection);
    return new ArrayList<>(all);
  }

  private static int weight(List<Connection> open) {
    return open.stream().mapToInt(Connection::weight).sum();
  }
}
