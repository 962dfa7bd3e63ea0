package dev.stele.stateres.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SigningKeyTest {
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  @Test
  void providers_sameSeed_agree() {
    Ed25519 tink = new TinkEd25519();
    Ed25519 conscrypt = ConscryptEd25519.load(tink).orElseThrow();
    byte[] seed = SigningKey.generate("x").seed();
    var byTink = SigningKey.ofSeed("1", seed, tink);
    var byConscrypt = SigningKey.ofSeed("1", seed, conscrypt);

    assertThat(byTink.publicKey()).isEqualTo(byConscrypt.publicKey());
    assertThat(byTink.sign(MESSAGE)).isEqualTo(byConscrypt.sign(MESSAGE)).hasSize(64);
    for (Ed25519 provider : List.of(tink, conscrypt)) {
      Verifier verifier = provider.verifier(byTink.publicKey()).orElseThrow();
      assertThat(verifier.verify(MESSAGE, byTink.sign(MESSAGE))).isTrue();
      assertThat(verifier.verify(new byte[1], byTink.sign(MESSAGE))).isFalse();
      assertThat(verifier.verify(MESSAGE, new byte[64])).isFalse();
      assertThat(verifier.verify(MESSAGE, new byte[3])).isFalse();
    }
  }

  @Test
  void provider_onThisMachine_isConscrypt() {
    assertThat(Ed25519.provider()).isInstanceOf(ConscryptEd25519.class);
  }

  @Test
  void verifier_badKeys_areRefusedOrNeverVerify() {
    assertThat(Verifier.of(new byte[31])).isEmpty();
    assertThat(Verifier.ofBase64("*")).isEmpty();
    assertThat(Verifier.of(new byte[32]).map(v -> v.verify(MESSAGE, new byte[64])).orElse(false))
        .isFalse();
  }

  @Test
  void ofSeed_badArguments_areRefused() {
    assertThatThrownBy(() -> SigningKey.ofSeed("", new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.ofSeed("a:b", new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SigningKey.ofSeed("a", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_anyKey_hidesTheSecret() {
    assertThat(SigningKey.ofSeed("a_B9", new byte[32])).hasToString("SigningKey[ed25519:a_B9]");
  }

  @Test
  void jsonSignature_ofTwoEntities_bothHold() {
    SigningKey a = SigningKey.generate("a");
    SigningKey b = SigningKey.generate("b");
    ObjectNode object = StrictJson.parseObject("{\"x\":1,\"unsigned\":{\"age\":2}}");
    ObjectNode signed = JsonSignatures.sign(JsonSignatures.sign(object, "a.org", a), "b.org", b);

    assertThat(object.has("signatures")).isFalse();
    assertThat(JsonSignatures.verify(signed, "a.org", a.keyId(), a.verifier())).isTrue();
    assertThat(JsonSignatures.verify(signed, "b.org", b.keyId(), b.verifier())).isTrue();
    assertThat(JsonSignatures.verify(signed, "b.org", a.keyId(), a.verifier())).isFalse();
    assertThat(JsonSignatures.verify(signed, "a.org", a.keyId(), b.verifier())).isFalse();
    assertThat(JsonSignatures.keyIdsOf(signed, "a.org")).containsExactly("ed25519:a");
    ObjectNode changed = signed.deepCopy().put("x", 2);
    assertThat(JsonSignatures.verify(changed, "a.org", a.keyId(), a.verifier())).isFalse();
    ObjectNode aged = signed.deepCopy();
    aged.putObject("unsigned");
    assertThat(JsonSignatures.verify(aged, "a.org", a.keyId(), a.verifier())).isTrue();
    ObjectNode odd = signed.deepCopy().put("x", 1.5);
    assertThat(JsonSignatures.verify(odd, "a.org", a.keyId(), a.verifier())).isFalse();
  }

  @Test
  void base64_bothAlphabets_readPaddedAndNot() {
    byte[] bytes = {(byte) 0xfb, (byte) 0xff};
    assertThat(Base64Unpadded.encode(bytes)).isEqualTo("+/8");
    assertThat(Base64Unpadded.encodeUrlSafe(bytes)).isEqualTo("-_8");
    assertThat(Base64Unpadded.decode("+/8")).contains(bytes);
    assertThat(Base64Unpadded.decode("+/8=")).contains(bytes);
    assertThat(Base64Unpadded.decodeUrlSafe("-_8")).contains(bytes);
    assertThat(Base64Unpadded.decode("-_8")).isEmpty();
    assertThat(Base64Unpadded.encode("foob".getBytes(StandardCharsets.UTF_8))).isEqualTo("Zm9vYg");
  }
}
