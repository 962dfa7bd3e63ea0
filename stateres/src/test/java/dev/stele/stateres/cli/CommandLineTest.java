package dev.stele.stateres.cli;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.RandomRoom;
import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command as its users see it: files in, one line out, status 0 or 2. */
final class CommandLineTest {
  @TempDir private Path directory;

  private record Ended(int status, String out, String err) {
    JsonNode json() {
      assertThat(err).isEmpty();
      assertThat(status).isZero();
      return StrictJson.parse(out);
    }

    void refused(String message) {
      assertThat(status).isEqualTo(2);
      assertThat(out).isEmpty();
      assertThat(err).startsWith("stateres: ").contains(message).hasLineCount(1);
    }
  }

  private static Ended run(String input, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    int status = new CommandLine(in, new PrintStream(out), new PrintStream(err)).run(args);
    return new Ended(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(Pdu event) {
    return event.json().deepCopy().put("event_id", event.eventId()).toString();
  }

  private static ArrayNode idsOf(Line line) {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    line.state().forEach((key, id) -> ids.add(id));
    return ids;
  }

  private Ended resolve(RoomVersion version, List<Pdu> events, Line... lines) {
    ArrayNode sets = JsonNodeFactory.instance.arrayNode();
    for (Line line : lines) {
      sets.add(idsOf(line));
    }
    String text = String.join("\n", events.stream().map(CommandLineTest::line).toList());
    return resolve(version.id(), text, sets.toString());
  }

  private Ended resolve(String version, String events, String sets) {
    return run(
        "",
        "resolve",
        "--room-version",
        version,
        "--events",
        file("events", events),
        "--state-sets=" + file("sets", sets));
  }

  static Iterable<RoomVersion> versions() {
    return RoomVersion.all();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void resolve_eventsInAnyOrder_printsTheSortedState(RoomVersion version) {
    var random = new RandomRoom(version, 7, 60, 4);
    List<Pdu> events = new ArrayList<>(random.room().all());
    Collections.shuffle(events, new Random(1));

    Ended ended = resolve(version, events, random.lines());

    var expected = new ArrayList<String>();
    random
        .room()
        .resolve(random.lines())
        .forEach((key, id) -> expected.add(key.type() + "|" + key.stateKey() + "|" + id));
    Collections.sort(expected);
    var printed = new ArrayList<String>();
    for (JsonNode entry : ended.json()) {
      printed.add(
          entry.get(0).asText() + "|" + entry.get(1).asText() + "|" + entry.get(2).asText());
    }
    assertThat(printed).isEqualTo(expected);
    assertThat(ended.out()).endsWith("]]\n").doesNotContain(" ");
  }

  @Test
  void resolve_idsThatAreNoHashes_areTakenAsGiven() {
    String create =
        "{\"event_id\":\"$CREATE\",\"type\":\"m.room.create\",\"state_key\":\"\","
            + "\"sender\":\"@alice:a.org\",\"content\":{},\"depth\":1,\"origin_server_ts\":1,"
            + "\"prev_events\":[],\"auth_events\":[]}";
    String join =
        "{\"event_id\":\"$JOIN\",\"room_id\":\"!CREATE\",\"type\":\"m.room.member\","
            + "\"state_key\":\"@alice:a.org\",\"sender\":\"@alice:a.org\","
            + "\"content\":{\"membership\":\"join\"},\"depth\":2,\"origin_server_ts\":2,"
            + "\"prev_events\":[\"$CREATE\"],\"auth_events\":[]}";
    Ended ended =
        resolve(
            "12",
            join + "\r\n\n" + create + "\n" + create,
            "[[\"$CREATE\"],[\"$CREATE\",\"$JOIN\"]]");
    assertThat(ended.out())
        .isEqualTo(
            "[[\"m.room.create\",\"\",\"$CREATE\"],"
                + "[\"m.room.member\",\"@alice:a.org\",\"$JOIN\"]]\n");
  }

  @Test
  void resolve_rejectedAuthEvents_areNotUsed() {
    var room = new TestRoom(RoomVersion.V11);
    Line joined = room.send(room.populated(), "y", "", BOB, "{}");
    Line named = room.send(joined, "x", BOB, BOB, "{}");
    var left = new Line(named.state().remove(StateKey.member(BOB)), List.of(), 1);
    var right = new Line(joined.state().remove(StateKey.member(BOB)), List.of(), 1);
    List<Pdu> events = List.copyOf(room.all());
    assertThat(resolve(RoomVersion.V11, events, left, right).out())
        .contains("[\"x\",\"@bob:b.org\"");

    String sets = "[" + idsOf(left) + "," + idsOf(right) + "]";
    String rejected = file("rejected", "[\"" + joined.get(EventType.MEMBER, BOB) + "\"]");
    String text = String.join("\n", events.stream().map(CommandLineTest::line).toList());
    Ended ended =
        run(
            text,
            "resolve",
            "--room-version",
            "11",
            "--events",
            "-",
            "--state-sets",
            file("sets", sets),
            "--rejected",
            rejected);
    assertThat(ended.json()).isNotEmpty();
    assertThat(ended.out()).doesNotContain("[\"x\",\"@bob:b.org\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | [] | events:1: no event of room version 6: ",
        "nonsense | [] | events:1: ",
        "{\"a\":1,\"a\":1} | [] | stands twice",
        "[] | [] | events:1: not an object",
        "@create | {} | expected an array of arrays",
        "@create | [7] | expected an array of event ids",
        "@create | [[7]] | expected an event id",
        "@create | [[\"$nobody\"]] | $nobody, which is not in ",
        "@create,{\"content\":{\"creator\":\"@b:b\"}} | [] | another event has the id $c",
        "@create,{\"event_id\":7} | [] | event_id is no string",
        "@create,{\"content\":{\"a\":1.5}} | [] | not an integer",
        "@create,{\"content\":{\"a\":9007199254740992}} | [] | beyond 2^53-1",
        "{\"type\":\"\\ud800\"} | [] | surrogate",
        "@create,{\"event_id\":\"$m\",\"auth_events\":[\"$gone\"]} | [[\"$m\"]] | $gone, which",
        "@create,{\"event_id\":\"$m\",\"auth_events\":[\"$m\"]} | [[\"$m\"]] | a cycle at $m",
        "@create,{\"event_id\":\"$m\",\"room_id\":\"!o:a\"} | [[\"$c\"],[\"$m\"]] | another room",
        "@create,{\"event_id\":\"$m\"} | [[\"$c\",\"$m\"]] | one state's same entry",
      })
  void resolve_badInput_isRefusedInOneLine(String events, String sets, String message) {
    String create =
        "{\"event_id\":\"$c\",\"type\":\"m.room.create\",\"state_key\":\"\",\"room_id\":\"!r:a.org\","
            + "\"sender\":\"@alice:a.org\",\"content\":{\"creator\":\"@alice:a.org\"},"
            + "\"depth\":1,\"origin_server_ts\":1,\"prev_events\":[],\"auth_events\":[]}";
    String text = events.startsWith("@create") ? create : events;
    if (events.startsWith("@create,")) {
      ObjectNode changed = StrictJson.parseObject(create);
      var unused = changed.setAll(StrictJson.parseObject(events.substring("@create,".length())));
      text = create + "\n" + changed;
    }
    resolve("6", text, sets).refused(message);
  }

  @Test
  void resolve_messageEventInAState_isRefused() {
    var room = new TestRoom(RoomVersion.V11);
    Pdu message = room.propose(room.create(), "m.room.message", null, ALICE, "{}");
    resolve("11", line(message), "[[\"" + message.eventId() + "\"]]").refused("no state event");
  }

  @Test
  void auth_eventsInAnyOrder_printsVerdictsInTheFilesOrder() {
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new TestRoom(version);
      Line line = room.create();
      Pdu join = room.propose(line, EventType.MEMBER, BOB, BOB, "{\"membership\":\"join\"}");
      Line joined = room.after(line, join);
      Pdu said = room.propose(joined, "m.room.message", null, BOB, "{}");
      List<Pdu> events = new ArrayList<>(room.all());
      Collections.reverse(events);
      String text = String.join("\n", events.stream().map(CommandLineTest::line).toList());

      Ended ended = run(text, "auth", "--room-version", version.id(), "--events", "-");

      assertThat(ended.json()).hasSameSizeAs(events);
      assertThat(ended.json().get(0)).isEqualTo(verdict(said.eventId(), "AUTH_EVENT_REJECTED"));
      assertThat(ended.json().get(1)).isEqualTo(verdict(join.eventId(), "JOIN_NOT_INVITED"));
      assertThat(ended.json().get(2)).isEqualTo(verdict(line.get(EventType.MEMBER, ALICE), null));
    }
  }

  private static JsonNode verdict(String id, String reason) {
    ArrayNode entry = JsonNodeFactory.instance.arrayNode().add(id);
    return entry.add(reason == null ? "allowed" : "denied").add(reason);
  }

  @Test
  void auth_againstTheStateBefore_findsWhatAuthEventsHide() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    Line banned = room.member(line, ALICE, BOB, "ban");
    Pdu hidden = room.propose(new Line(line.state(), banned.tips(), 9), "x", null, BOB, "{}");
    String text = String.join("\n", room.all().stream().map(CommandLineTest::line).toList());
    String[] args = {"auth", "--room-version", "12", "--events", "-", "--against", "state"};

    assertThat(run(text, args).out())
        .contains("[\"" + hidden.eventId() + "\",\"denied\",\"SENDER_NOT_JOINED\"]");
    args[6] = "auth-events";
    assertThat(run(text, args).out()).contains("[\"" + hidden.eventId() + "\",\"allowed\",null]");
    args[6] = "x";
    run(text, args).refused("--against: x");
    args[6] = "state";
    run(line(hidden), args).refused("which is not in -");
  }

  @Test
  void auth_missingAuthEventsAndCycles_areToldApart() {
    var room = new TestRoom(RoomVersion.V1);
    Line line = room.create();
    Pdu event = room.propose(line, "x", null, ALICE, "{}");
    assertThat(run(line(event), "auth", "--room-version", "1", "--events", "-").out())
        .isEqualTo("[[\"" + event.eventId() + "\",\"denied\",\"AUTH_EVENT_MISSING\"]]\n");
    ObjectNode cyclic = event.json().deepCopy();
    cyclic.putArray("auth_events").addArray().add(event.eventId()).addObject();
    run(cyclic.toString(), "auth", "--room-version", "1", "--events", "-").refused("a cycle at");
  }

  @Test
  void hashSignAndVerify_vectorsOfTheSpecification_holdThroughTheCommand() {
    String event =
        """
        {"room_id": "!x:domain", "sender": "@a:domain", "origin": "domain",
         "origin_server_ts": 1000000, "type": "X", "content": {}, "prev_events": [],
         "auth_events": [], "depth": 3, "unsigned": {"age_ts": 1000000}}
        """;
    String key = file("key", "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1\n");
    String[] sign = {
      "sign", "--room-version", "1", "--event", "-", "--server", "domain", "--key", key
    };

    JsonNode signed = run(event, sign).json();

    assertThat(signed.at("/hashes/sha256").asText())
        .isEqualTo("5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos");
    assertThat(signed.at("/signatures/domain/ed25519:1").asText())
        .isEqualTo(
            "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg");
    assertThat(run(event, "hash", "--room-version", "1", "--event", "-").json().at("/content_hash"))
        .isEqualTo(signed.at("/hashes/sha256"));
    String publicKey =
        SigningKey.ofSeed(
                "1",
                Base64Unpadded.decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").orElseThrow())
            .publicKeyBase64();
    String[] verify = {
      "verify",
      "--room-version",
      "1",
      "--event",
      "-",
      "--server",
      "domain",
      "--key-id",
      "ed25519:1",
      "--public-key",
      publicKey
    };
    assertThat(run(signed.toString(), verify).out())
        .isEqualTo("{\"content_hash\":true,\"signature\":true}\n");
    ((ObjectNode) signed).put("depth", 4);
    assertThat(run(signed.toString(), verify).out())
        .isEqualTo("{\"content_hash\":false,\"signature\":false}\n");
  }

  @Test
  void signAndVerify_anyObject_needNoRoomVersion() {
    String key = file("key", "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1");
    Ended signed =
        run(
            "{\"one\": 1, \"two\": \"Two\"}",
            "sign",
            "--object",
            "-",
            "--server",
            "domain",
            "--key",
            key);
    assertThat(signed.out())
        .contains(
            "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw");
  }

  @Test
  void redact_message_printsWhatStays() {
    Ended ended =
        run(
            "{\"type\":\"x\",\"content\":{\"a\":1},\"origin\":\"o\",\"unsigned\":{}}",
            "redact",
            "--room-version",
            "10",
            "--event",
            "-");
    assertThat(ended.out()).isEqualTo("{\"content\":{},\"origin\":\"o\",\"type\":\"x\"}\n");
  }

  @Test
  void hash_eventWithItsIdBeside_isHashedWithoutIt() {
    var room = new TestRoom(RoomVersion.V12);
    Pdu event = room.propose(room.create(), "x", null, ALICE, "{}");
    JsonNode hashes = run(line(event), "hash", "--room-version", "12", "--event", "-").json();
    assertThat(hashes.path("event_id").asText()).isEqualTo(event.eventId());
    assertThat(hashes.path("content_hash")).isEqualTo(event.json().at("/hashes/sha256"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | expected a command",
        "dance | expected a command",
        "hash | --room-version is missing",
        "hash --room-version 99 | room version 99 is not known",
        "hash --room-version 12 | --event is missing",
        "hash --room-version 12 --event /no/such/file | no such file",
        "hash --room-version 12 --event / | cannot be read",
        "hash --room-version 12 --event - | -: expected a JSON object",
        "hash --events x | this command has no option --events",
        "hash --room-version | --room-version needs a value",
        "hash --room-version=1 --room-version 2 | --room-version is given twice",
        "hash x | expected an option, found x",
        "sign --server a --key - | expected either --event or --object",
        "sign --object - --event - | expected either --event or --object",
        "verify --object - --public-key x | --public-key: no Ed25519 key",
      })
  void run_wrongArguments_areRefusedInOneLine(String args, String message) {
    run("[7]", args.isEmpty() ? new String[0] : args.split(" ")).refused(message);
  }

  @Test
  void sign_wrongKeyFiles_areRefused() {
    for (String text : List.of("", "ed25519 1", "ed25519 1 AAAA", "rsa 1 AAAA", "ed25519 - AAAA")) {
      run("{}", "sign", "--object", "-", "--server", "a", "--key", file("key", text))
          .refused("no signing key");
    }
  }

  @Test
  void run_help_printsTheCommands() {
    Ended ended = run("", "--help");
    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains("resolve --room-version V --events FILE --state-sets FILE");
  }
}
