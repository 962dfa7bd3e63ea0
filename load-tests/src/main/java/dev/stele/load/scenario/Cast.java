package dev.stele.load.scenario;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.load.client.Answer;
import dev.stele.load.client.Loops;
import dev.stele.load.client.Patience;
import dev.stele.load.client.Registrar;
import dev.stele.load.client.Registration;
import dev.stele.load.client.User;
import dev.stele.load.measure.RoomLedger;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes users and rooms, before anything is measured. Its methods block. */
final class Cast {
  private static final int TRIES = 30;
  private static final Buffer PUBLIC_ROOM =
      Buffer.buffer("{\"preset\":\"public_chat\",\"name\":\"Load\"}");
  static final Buffer NOTHING = Buffer.buffer("{}");

  private final Loops loops;
  private final Registrar registrar;
  private final String prefix;
  private final Progress progress;
  private final Patience patience;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger rooms = new AtomicInteger();
  private final List<User> everybody = new CopyOnWriteArrayList<>();
  private boolean toldOfLimits;

  /**
   * Makes nobody yet.
   *
   * @param prefix begins the names of users, so that runs against one server do not meet
   */
  Cast(Loops loops, Registration registration, String prefix, Progress progress) {
    this.loops = loops;
    this.prefix = prefix;
    this.progress = progress;
    this.patience = new Patience(loops.vertx(), TRIES);
    this.registrar = new Registrar(registration, patience);
  }

  /** New users, who are logged in. */
  List<User> users(int count, String role) {
    List<User> made = each("users", count, i -> register(role + i));
    everybody.addAll(made);
    return made;
  }

  /** All users of the run. */
  List<User> everybody() {
    return everybody;
  }

  /** Whether users can log in anew, with {@link Registrar#PASSWORD}. */
  boolean knowsPasswords() {
    return registrar.knowsPasswords();
  }

  /** Another set of connections, for a device that is not logged in yet. */
  User stranger() {
    return loops.anonymous(connections.getAndIncrement());
  }

  /** Rooms that anybody may join, the <i>i</i>-th made by creator <i>i</i> mod their number. */
  List<Room> rooms(int count, List<User> creators) {
    return each("rooms", count, i -> create(creators.get(i % creators.size())));
  }

  /** User <i>i</i> joins room <i>i</i> mod their number, unless that user made it. */
  void spread(List<User> users, List<Room> rooms, int firstToJoin) {
    List<Seat> seats =
        IntStream.range(firstToJoin, users.size())
            .mapToObj(i -> new Seat(users.get(i), rooms.get(i % rooms.size())))
            .toList();
    seat(seats);
  }

  /** Somebody who is to be in a room. */
  record Seat(User user, Room room) {}

  /** All join, several at a time. */
  void seat(List<Seat> seats) {
    each("joins", seats.size(), i -> join(seats.get(i)));
  }

  /** Messages that lie in a room before anything is measured, numbered from 0. */
  void fill(Room room, User user, Marks marks, int count) {
    each(
        "messages",
        count,
        i -> {
          int number = room.ledger().nextNumber();
          String path = room.path("/send/m.room.message/" + prefix + "." + number);
          Buffer content = marks.content(room.number(), number, 0);
          return need("send", user, () -> user.put(path, content));
        });
  }

  /** A request of the preparation, which has to succeed. */
  Future<Answer> need(String what, User user, java.util.function.Supplier<Future<Answer>> request) {
    return user.ask(() -> patience.ask(request))
        .map(
            answer -> {
              if (!answer.ok()) {
                throw new dev.stele.load.client.Refused(what, answer);
              }
              return answer;
            });
  }

  /** Does something for each number below {@code count}, several at a time. */
  @CanIgnoreReturnValue
  <T> List<T> each(String what, int count, IntFunction<Future<T>> task) {
    Crowd<T> crowd = new Crowd<>(count, task);
    return progress.await(what, count, () -> done(crowd), crowd.start());
  }

  private int done(Crowd<?> crowd) {
    if (patience.isTested() && !toldOfLimits) {
      toldOfLimits = true;
      progress.phase("the server limits rates: this takes longer, and figures will tell of limits");
    }
    return crowd.done();
  }

  private Future<User> register(String name) {
    User user = stranger();
    return user.ask(() -> registrar.register(user, prefix + name));
  }

  private Future<Room> create(User user) {
    int number = rooms.getAndIncrement();
    return need("createRoom", user, () -> user.post(User.API + "/createRoom", PUBLIC_ROOM))
        .map(answer -> new Room(number, answer.require("createRoom", "room_id"), new RoomLedger()));
  }

  private Future<Answer> join(Seat seat) {
    String path = User.API + "/join/" + User.segment(seat.room().id());
    return need("join", seat.user(), () -> seat.user().post(path, NOTHING));
  }
}
