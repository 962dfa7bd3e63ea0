package dev.stele.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a busy room keeps at hand, whatever becomes of the cache that everybody shares. */
final class FamiliarEventsTest {
  private static final SigningKey KEY = SigningKey.generate("a");
  private static final int MOST = 256;

  private final EventCache full = cache();
  private final EventCache empty = cache();
  private final FamiliarEvents familiar = new FamiliarEvents();

  @Test
  void get_ofState_isKept() {
    Pdu topic = known(event("m.room.topic", ""));

    assertThat(familiar.get(topic.eventId(), empty)).isNull();
    assertThat(familiar.get(topic.eventId(), full)).isEqualTo(topic);
    assertThat(familiar.get(topic.eventId(), empty)).isEqualTo(topic);
  }

  @Test
  void get_ofAMessage_isNotKept() {
    Pdu message = known(event("m.room.message", null));

    assertThat(familiar.get(message.eventId(), full)).isEqualTo(message);
    assertThat(familiar.get(message.eventId(), empty)).isNull();
  }

  @Test
  void get_beyondTheBound_dropsTheEldest() {
    List<Pdu> members =
        IntStream.rangeClosed(0, MOST)
            .mapToObj(i -> known(event("m.room.member", "@user" + i + ":test")))
            .toList();

    members.forEach(member -> assertThat(familiar.get(member.eventId(), full)).isNotNull());

    assertThat(members)
        .filteredOn(member -> familiar.get(member.eventId(), empty) == null)
        .containsExactly(members.get(0));
  }

  @Test
  void forgetRedacted_dropsWhatIsRedacted_andNothingElse() {
    Pdu topic = known(event("m.room.topic", ""));
    Pdu name = known(event("m.room.name", ""));
    assertThat(familiar.get(topic.eventId(), full)).isNotNull();
    assertThat(familiar.get(name.eventId(), full)).isNotNull();

    familiar.forgetRedacted(
        List.of(
            new RoomEvent(event("m.room.message", null), null, null, null, false),
            new RoomEvent(event("m.room.redaction", null), null, topic.eventId(), null, false)));

    assertThat(familiar.get(topic.eventId(), empty)).isNull();
    assertThat(familiar.get(name.eventId(), empty)).isEqualTo(name);
  }

  @Test
  void clear_dropsEverything() {
    Pdu topic = known(event("m.room.topic", ""));
    assertThat(familiar.get(topic.eventId(), full)).isNotNull();

    familiar.clear();

    assertThat(familiar.get(topic.eventId(), empty)).isNull();
  }

  private Pdu known(Pdu pdu) {
    full.put(new KnownEvent(new RoomEvent(pdu, null, null, null, false), 1));
    return pdu;
  }

  private static Pdu event(String type, String stateKey) {
    return new PduBuilder(RoomVersion.V11, type, "@alice:test")
        .roomId("!room:test")
        .stateKey(stateKey)
        .content(StrictJson.parseObject("{}"))
        .depth(1)
        .build("test", KEY)
        .orThrow();
  }

  /** Of events in memory: what it lacks it is not asked to read. */
  private static EventCache cache() {
    return new EventCache(null, 10_000_000, new SimpleMeterRegistry());
  }
}
