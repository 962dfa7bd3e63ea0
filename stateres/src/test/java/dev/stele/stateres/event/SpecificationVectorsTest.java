package dev.stele.stateres.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import org.junit.jupiter.api.Test;

/** The cryptographic test vectors of the specification's appendices. */
final class SpecificationVectorsTest {
  private static final SigningKey KEY =
      SigningKey.ofSeed(
          "1", Base64Unpadded.decode("YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1").orElseThrow());

  @Test
  void sign_emptyObject_givesSignatureOfSpecification() {
    assertThat(signatureOf(JsonSignatures.sign(StrictJson.parseObject("{}"), "domain", KEY)))
        .isEqualTo(
            "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ");
  }

  @Test
  void sign_objectWithData_givesSignatureOfSpecification() {
    ObjectNode object = StrictJson.parseObject("{\"one\": 1, \"two\": \"Two\"}");
    assertThat(signatureOf(JsonSignatures.sign(object, "domain", KEY)))
        .isEqualTo(
            "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw");
  }

  @Test
  void hashAndSign_minimalEvent_givesHashAndSignatureOfSpecification() {
    ObjectNode event =
        StrictJson.parseObject(
            """
            {"room_id": "!x:domain", "sender": "@a:domain", "origin": "domain",
             "origin_server_ts": 1000000, "signatures": {}, "hashes": {}, "type": "X",
             "content": {}, "prev_events": [], "auth_events": [], "depth": 3,
             "unsigned": {"age_ts": 1000000}}
            """);
    assertHashAndSignature(
        event,
        "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
        "KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg");
  }

  @Test
  void hashAndSign_redactableEvent_givesHashAndSignatureOfSpecification() {
    ObjectNode event =
        StrictJson.parseObject(
            """
            {"content": {"body": "Here is the message content"}, "event_id": "$0:domain",
             "origin": "domain", "origin_server_ts": 1000000, "type": "m.room.message",
             "room_id": "!r:domain", "sender": "@u:domain", "signatures": {},
             "unsigned": {"age_ts": 1000000}}
            """);
    assertHashAndSignature(
        event,
        "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
        "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA");
  }

  private static void assertHashAndSignature(ObjectNode event, String hash, String signature) {
    String contentHash = Base64Unpadded.encode(EventHashes.contentHash(RoomVersion.V1, event));
    assertThat(contentHash).isEqualTo(hash);
    event.putObject("hashes").put("sha256", contentHash);
    ObjectNode redacted = Redaction.redact(RoomVersion.V1, event);
    assertThat(signatureOf(JsonSignatures.sign(redacted, "domain", KEY))).isEqualTo(signature);
  }

  private static String signatureOf(ObjectNode signed) {
    return signed.path("signatures").path("domain").path("ed25519:1").textValue();
  }
}
