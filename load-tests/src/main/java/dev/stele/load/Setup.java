package dev.stele.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Registers the users and makes the rooms, before anything is measured. Blocks.
 *
 * @param prefix begins the names of the users, so that runs against one server do not meet
 */
record Setup(Loops loops, Registrar registrar, String prefix) {
  private static final int AT_ONCE = 16;
  private static final int TRIES = 20;
  private static final long PATIENCE_SECONDS = 120;
  private static final String CREATE_ROOM = User.API + "/createRoom";
  private static final Buffer PUBLIC_ROOM = Buffer.buffer("{\"preset\":\"public_chat\"}");
  private static final Buffer NOTHING = Buffer.buffer("{}");

  Cast prepare(Workload workload) {
    List<User> senders = all(workload.senders(), i -> register(i, "s" + i));
    List<User> pollers = all(workload.pollers(), i -> register(i, "p" + i));
    List<String> rooms = all(workload.rooms(), i -> createRoom(senders.get(i)));
    Cast cast = new Cast(senders, pollers, rooms);
    int creators = rooms.size();
    all(senders.size() - creators, i -> join(cast, senders.get(creators + i), creators + i));
    all(pollers.size(), i -> join(cast, pollers.get(i), i));
    return cast;
  }

  /** A string of an answer; fails unless the answer is a success that has it. */
  static String require(String what, Answer answer, String field) {
    String value = answer.ok() ? answer.text(field) : "";
    if (value.isEmpty()) {
      throw new Refused(what, answer);
    }
    return value;
  }

  private Future<User> register(int index, String name) {
    User user = User.anonymous(loops.of(index), index);
    return on(user.loop(), () -> registrar.register(user, prefix + name));
  }

  private Future<String> createRoom(User user) {
    return on(user.loop(), () -> patiently(() -> user.post(CREATE_ROOM, PUBLIC_ROOM), TRIES))
        .map(answer -> require("createRoom", answer, "room_id"));
  }

  private Future<String> join(Cast cast, User user, int index) {
    String path = User.API + "/join/" + User.segment(cast.rooms().get(cast.roomOf(index)));
    return on(user.loop(), () -> patiently(() -> user.post(path, NOTHING), TRIES))
        .map(answer -> require("join", answer, "room_id"));
  }

  /** On the loop: elsewhere, an answer's body could arrive before anyone asks for it. */
  private static <T> Future<T> on(Loop loop, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.context().runOnContext(there -> work.get().onComplete(done));
    return done.future();
  }

  /** Asks again after as long as a server that limits rates asks for. */
  private Future<Answer> patiently(Supplier<Future<Answer>> request, int triesLeft) {
    return request
        .get()
        .compose(
            answer ->
                answer.status() == 429 && triesLeft > 1
                    ? pause(answer).compose(paused -> patiently(request, triesLeft - 1))
                    : Future.succeededFuture(answer));
  }

  private Future<Void> pause(Answer answer) {
    long millis = Math.min(Math.max(answer.json().path("retry_after_ms").asLong(), 50), 10_000);
    return loops.vertx().timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
  }

  @CanIgnoreReturnValue
  private static <T> List<T> all(int count, IntFunction<Future<T>> task) {
    List<T> done = new ArrayList<>(count);
    for (int from = 0; from < count; from += AT_ONCE) {
      List<Future<T>> batch = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + AT_ONCE); i++) {
        batch.add(task.apply(i));
      }
      batch.forEach(future -> done.add(await(future)));
    }
    return done;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s", e);
    }
  }
}
