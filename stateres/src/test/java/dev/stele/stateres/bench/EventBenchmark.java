package dev.stele.stateres.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventSignatures;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.SignatureCheck;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.KeyRing;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.sign.VerifyKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event of about 1 kB costs: read from the wire, made, signed, checked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark {
  private static final SigningKey KEY = SigningKey.ofSeed("a_1", new byte[32]);
  private static final String ID = "$" + "Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5l".repeat(2);

  private final Pdu pdu = build().orThrow();
  private final byte[] wire = CanonicalJson.encode(pdu.json());
  private final byte[] signed = EventSignatures.signedBytes(pdu);
  private final byte[] signature = KEY.sign(signed);
  private final KeyRing keys = new KnownKey(new VerifyKey(KEY.verifier(), Long.MAX_VALUE));

  private record KnownKey(VerifyKey key) implements KeyRing {
    @Override
    public VerifyKey find(String serverName, String keyId) {
      return key;
    }
  }

  private static ObjectNode content() {
    return StrictJson.parseObject(
        "{\"msgtype\":\"m.text\",\"format\":\"org.matrix.custom.html\",\"body\":\""
            + "words and more words, ".repeat(9)
            + "\",\"formatted_body\":\"<b>bold</b> and \\\"quoted\\\" "
            + "words".repeat(12)
            + "\",\"m.mentions\":{\"user_ids\":[\"@bob:example.org\"]}}");
  }

  private static PduResult build() {
    return new PduBuilder(RoomVersion.V12, "m.room.message", "@alice:example.org")
        .roomId("!" + ID.substring(1, 44))
        .content(content())
        .prevEvents(List.of(ID.substring(0, 44)))
        .authEvents(List.of(ID.substring(0, 44), ID.substring(0, 44) + "x"))
        .depth(1234)
        .originServerTs(1_700_000_000_000L)
        .build("example.org", KEY);
  }

  /** Reading from the wire, without looking at what it says. */
  @Benchmark
  public ObjectNode parseJson() {
    return StrictJson.parseObject(wire);
  }

  /** Reading, size, redaction, event id, content hash, redacted Canonical JSON. */
  @Benchmark
  public String parseHashRedact() {
    Pdu read = Pdu.parse(RoomVersion.V12, StrictJson.parseObject(wire)).orThrow();
    return read.hasValidContentHash() ? read.redactedCanonical() : "";
  }

  /** Building, hashing, signing; content read from text, as a request brings it. */
  @Benchmark
  public PduResult buildAndSign() {
    return build();
  }

  /** The signature alone. */
  @Benchmark
  public byte[] sign() {
    return KEY.sign(signed);
  }

  /** The check of a signature alone. */
  @Benchmark
  public boolean verify() {
    return KEY.verifier().verify(signed, signature);
  }

  /** The check of an event's signatures. */
  @Benchmark
  public SignatureCheck checkSignatures() {
    return EventSignatures.check(pdu, keys);
  }
}
