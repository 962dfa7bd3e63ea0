package dev.stele.server.room;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.event.EventCache;
import dev.stele.server.http.TestEdge;
import dev.stele.server.projection.Projections;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.RoomsProjection;
import dev.stele.server.record.RecordLog;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much a room keeps in memory of its state, and that it decides the same with little of it. */
final class RoomMemoryTest {
  private static final String ALICE = "@alice:test";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Enough for what allows a message, and for no crowd. */
  private static final int KNOWN = 10;

  private static final int CROWD = 60;

  private static final Vertx VERTX = Vertx.vertx();
  private static final Context SHARD = ((VertxInternal) VERTX).createEventLoopContext();
  private static final EventFactory FACTORY =
      new EventFactory("test", SigningKey.generate("a"), Clock.systemUTC());

  private static PostgresEventLog store;
  private static Projections projections;
  private static RoomServices services;

  private String roomId;
  private Room room;
  private int most;

  @BeforeAll
  static void start() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    String database = await(await(FreshDatabases.ofThisJvm()).fresh());
    LogOptions options = LogOptions.defaults(Clock.systemUTC());
    store = await(PostgresEventLog.open(VERTX, database, options, meters));
    RecordLog log = new RecordLog(store);
    RoomsProjection projection = new RoomsProjection(log);
    projections = await(Projections.start(List.of(projection), log, store.pool()));
    services =
        new RoomServices(
            SHARD,
            log,
            new Rooms(projections, projection, store.pool()),
            new EventCache(log, 10_000_000, meters),
            new Decider(FACTORY),
            new RoomLimits(1_000, KNOWN));
  }

  @AfterAll
  static void stop() {
    await(projections.close());
    await(store.close());
    await(VERTX.close());
  }

  @Test
  void idleRoom_ofFewPieces_keepsThem() {
    create();

    assertThat(known()).isBetween(1, KNOWN);
  }

  @Test
  void idleRoom_afterACrowdHasCome_hasForgottenIt_andLetsItTalk() {
    create();

    assertThat(all(this::join)).allMatch(RoomOutcome.Done.class::isInstance);

    assertThat(known()).isLessThanOrEqualTo(KNOWN);
    assertThat(all(this::say)).allMatch(RoomOutcome.Done.class::isInstance);
    assertThat(all(this::kick)).allMatch(RoomOutcome.Done.class::isInstance);
    assertThat(all(this::say)).allMatch(RoomOutcome.Refused.class::isInstance);
  }

  @Test
  void busyRoom_thatEverMoreStrangersAskSomethingOf_doesNotKnowAllOfThem() {
    create();
    // As it is after a start, when nobody has asked anything yet.
    room = new Room(roomId, services);

    assertThat(all(this::say)).allMatch(RoomOutcome.Refused.class::isInstance);

    assertThat(most).isBetween(1, KNOWN + 4);
  }

  @Test
  void busyRoom_thatForgetsMeanwhile_decidesInOrder() {
    create();
    List<RoomCommand> commands = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      String user = user(i);
      commands.addAll(List.of(say(user), join(user), say(user), kick(user), say(user)));
    }

    List<RoomOutcome> outcomes = carryOut(commands);

    for (int i = 0; i < outcomes.size(); i++) {
      boolean isOut = i % 5 == 0 || i % 5 == 4;
      assertThat(outcomes.get(i))
          .as("outcome %s", i)
          .isInstanceOf(isOut ? RoomOutcome.Refused.class : RoomOutcome.Done.class);
    }
  }

  private void create() {
    NewRoom wished =
        new NewRoom(
            ALICE,
            RoomVersion.V11,
            RoomPreset.PUBLIC_CHAT,
            false,
            null,
            null,
            null,
            List.of(),
            false,
            List.of(),
            JSON.objectNode(),
            JSON.objectNode());
    RoomCreation creation = new RoomCreation(wished, Map.of());
    roomId = "!" + System.nanoTime() + ":test";
    room = new Room(roomId, services);
    CreateRoom command =
        creation.command(
            FACTORY.create(RoomVersion.V11, roomId, ALICE, creation.createContent()).orThrow());
    assertThat(carryOut(List.of(command))).singleElement().isInstanceOf(RoomOutcome.Done.class);
    most = 0;
  }

  private List<RoomOutcome> all(Function<String, RoomCommand> asked) {
    return carryOut(IntStream.range(0, CROWD).mapToObj(i -> asked.apply(user(i))).toList());
  }

  /** All of them at once, so that the room is never idle in between. */
  private List<RoomOutcome> carryOut(List<RoomCommand> commands) {
    List<Future<RoomOutcome>> outcomes =
        onShard(
            () ->
                commands.stream()
                    .map(room::submit)
                    .map(outcome -> outcome.onComplete(done -> most = Math.max(most, room.known())))
                    .toList());
    return outcomes.stream().map(TestEdge::await).toList();
  }

  /** What an idle room knows. */
  private int known() {
    return onShard(room::known);
  }

  private static <T> T onShard(Supplier<T> step) {
    Promise<T> done = Promise.promise();
    SHARD.runOnContext(nothing -> done.complete(step.get()));
    return await(done.future());
  }

  private RoomCommand join(String user) {
    return membership(ChangeMembership.Action.JOIN, user, user);
  }

  private RoomCommand kick(String user) {
    return membership(ChangeMembership.Action.KICK, ALICE, user);
  }

  private RoomCommand membership(ChangeMembership.Action action, String sender, String target) {
    return new ChangeMembership(roomId, action, sender, target, JSON.objectNode());
  }

  private RoomCommand say(String user) {
    ObjectNode content = JSON.objectNode().put("body", "hello");
    return new SendEvent(
        roomId, new EventDraft("m.room.message", null, user, content, null), null, null);
  }

  private static String user(int number) {
    return "@user" + number + ":test";
  }
}
