package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.SqlStatements;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What wakes a poll that waits is told from memory: as many questions are asked as without it. */
final class WakeUpTest {
  private static final String LAZY =
      "&filter="
          + Client.encode(
              "{\"room\":{\"state\":{\"lazy_load_members\":true}},"
                  + "\"presence\":{\"not_types\":[\"*\"]}}");
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /** So many at a time that each event loop has some of them. */
  private static final int POLLS = 8;

  private static ExecutorService threads;
  private static SqlStatements statements;
  private static TestServer server;

  private Follower alice;
  private Follower bob;
  private String room;

  /** What happens while Bob waits. */
  enum Happening {
    MESSAGE,
    RECEIPT,
    OWN_RECEIPT,
    TYPING,
    JOIN,
    LEAVE,
    OWN_PROFILE,
    ACCOUNT_DATA,
    ROOM_ACCOUNT_DATA,
    TO_DEVICE,
    DEVICE_LIST
  }

  @BeforeAll
  static void start() {
    threads = Executors.newFixedThreadPool(POLLS);
    statements = new SqlStatements();
    server = new TestServer(statements.vertx());
  }

  @AfterAll
  static void stop() {
    server.close();
    threads.shutdown();
  }

  @BeforeEach
  void meet() {
    int number = NUMBERS.incrementAndGet();
    alice = Follower.register(server, "alice" + number);
    bob = Follower.register(server, "bob" + number);
    room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room);
    alice.say(room, "hello");
    bob.sync(LAZY);
  }

  @ParameterizedTest
  @EnumSource
  void wakeUp_asksNothing(Happening happening) {
    Runnable first = prepare(happening);
    Runnable second = prepare(happening);
    Runnable third = prepare(happening);
    bob.sync(LAZY);
    onEveryLoop(first, number -> bob.fork().pollNow(30_000, LAZY));
    bob.sync(LAZY);
    statements.questions();
    second.run();
    int without = statements.questions().size();
    bob.sync(LAZY);
    CompletableFuture<JsonNode> poll = poll(() -> bob.pollNow(30_000, LAZY));
    statements.questions();

    third.run();
    JsonNode answer = poll.join();

    assertThat(statements.questions()).hasSize(without);
    assertThat(answer.size()).as(answer.toString()).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ROOM_ACCOUNT_DATA", "TO_DEVICE"},
      mode = EnumSource.Mode.EXCLUDE)
  void slidingWakeUp_asksNothing(Happening happening) {
    SlidingClient sliding = new SlidingClient(bob.client());
    String body = slidingBody();
    Runnable first = prepare(happening);
    Runnable second = prepare(happening);
    Runnable third = prepare(happening);
    List<SlidingClient> others =
        IntStream.range(0, POLLS).mapToObj(i -> new SlidingClient(bob.client(), "c" + i)).toList();
    others.forEach(other -> other.sync(body));
    onEveryLoop(
        first, i -> CompletableFuture.supplyAsync(() -> others.get(i).sync(body, 30_000), threads));
    sliding.sync(body);
    statements.questions();
    second.run();
    int without = statements.questions().size();
    sliding.sync(body);
    CompletableFuture<JsonNode> poll =
        poll(() -> CompletableFuture.supplyAsync(() -> sliding.sync(body, 30_000), threads));
    statements.questions();

    third.run();
    poll.join();

    assertThat(statements.questions()).hasSize(without);
  }

  /** Lists of all rooms and of those in a space, and extensions. */
  private String slidingBody() {
    String space = bob.createRoom("{'creation_content':{'type':'m.space'}}");
    bob.client()
        .put(in(space) + "/state/m.space.child/" + Client.encode(room), "{'via':['test']}")
        .ok();
    String spaced = ",'space':{'range':[0,9],'timeline_limit':1,'filters':{'spaces':['%s']}}}";
    return SlidingClient.LIST.substring(0, SlidingClient.LIST.length() - 1)
        + spaced.formatted(space)
        + ",'extensions':{'typing':{'enabled':true},'account_data':{'enabled':true},"
        + "'receipts':{'enabled':true},'e2ee':{'enabled':true}}";
  }

  /** What happens; what goes before it has been done. */
  private Runnable prepare(Happening happening) {
    int number = NUMBERS.incrementAndGet();
    String path = "/user/" + bob.id();
    return switch (happening) {
      case MESSAGE -> () -> alice.say(room, "m" + number);
      case RECEIPT -> {
        String event = alice.say(room, "read me");
        yield () -> alice.receipt(room, "m.read", event);
      }
      case OWN_RECEIPT -> {
        String event = alice.say(room, "read me");
        yield () -> bob.receipt(room, "m.read", event);
      }
      case TYPING -> typist();
      case JOIN -> {
        Follower carol = Follower.register(server, "carol" + number);
        yield () -> carol.join(room);
      }
      case LEAVE -> {
        Follower carol = Follower.register(server, "carol" + number);
        carol.join(room);
        yield () -> carol.leave(room);
      }
      case OWN_PROFILE -> () -> bob.rename("Bob " + number);
      case ACCOUNT_DATA ->
          () -> bob.client().put(path + "/account_data/org.test", "{'number':" + number + "}").ok();
      case ROOM_ACCOUNT_DATA ->
          () ->
              bob.client()
                  .put(path + in(room) + "/account_data/org.test", "{'number':" + number + "}")
                  .ok();
      case DEVICE_LIST -> {
        Follower tablet = ListFollower.withKeys(alice);
        yield () -> tablet.client().post("/logout", "{}").ok();
      }
      case TO_DEVICE -> {
        String message = "{'messages':{'" + bob.id() + "':{'*':{'number':" + number + "}}}}";
        yield () -> alice.client().put("/sendToDevice/m.test/" + number, message).ok();
      }
    };
  }

  private Runnable typist() {
    Follower carol = Follower.register(server, "typist" + NUMBERS.incrementAndGet());
    carol.join(room);
    return () -> carol.type(room);
  }

  /** Lets something happen while polls wait on every event loop, which then know the room. */
  private static void onEveryLoop(
      Runnable happening, IntFunction<CompletableFuture<JsonNode>> begin) {
    int before = server.waitingPolls();
    List<CompletableFuture<JsonNode>> polls = IntStream.range(0, POLLS).mapToObj(begin).toList();
    while (server.waitingPolls() < before + POLLS) {
      Thread.onSpinWait();
    }
    happening.run();
    polls.forEach(CompletableFuture::join);
  }

  /** A poll that the server holds by the time this returns. */
  private static CompletableFuture<JsonNode> poll(Supplier<CompletableFuture<JsonNode>> begin) {
    int before = server.waitingPolls();
    CompletableFuture<JsonNode> poll = begin.get();
    while (server.waitingPolls() <= before) {
      Thread.onSpinWait();
    }
    return poll;
  }
}
