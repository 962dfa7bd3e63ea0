package dev.stele.server.sync;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Tells how much the event loops hold in memory of the present, all of them together. */
final class LiveMeters {
  private final MeterRegistry metrics;

  LiveMeters(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * @param views those that there are at the time of asking
   */
  void monitor(Collection<LiveView> views, JoinedRooms joined) {
    held("records", views, view -> view.window().size());
    held("users", views, view -> view.users().size());
    held("memberships", views, view -> view.users().memberships());
    held("rooms", views, view -> view.rooms().remembered().held().rooms());
    held("room_facts", views, view -> view.rooms().remembered().held().facts());
    held("spaces", views, view -> view.rooms().remembered().held().spaces());
    held("members", views, view -> view.rooms().remembered().held().members());
    held("device_lists", views, view -> view.deviceLists().size());
    held("key_counts", views, view -> view.keyCounts().size());
    held("token_changes", views, view -> view.polls().tokens().size());
    held("joined_rooms", joined::held);
    Gauge.builder("stele.sync.window", () -> sum(views, view -> view.window().bytes()))
        .description("Memory that the newest records take, about")
        .baseUnit("bytes")
        .register(metrics);
  }

  private void held(String what, Collection<LiveView> views, ToLongFunction<LiveView> size) {
    held(what, () -> sum(views, size));
  }

  private void held(String what, Supplier<Number> number) {
    Gauge.builder("stele.sync.held", number)
        .description("What is held in memory to answer polls")
        .tag("what", what)
        .register(metrics);
  }

  private static long sum(Collection<LiveView> views, ToLongFunction<LiveView> size) {
    return views.stream().mapToLong(size).sum();
  }
}
