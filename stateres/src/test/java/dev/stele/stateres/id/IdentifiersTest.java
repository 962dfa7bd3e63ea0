package dev.stele.stateres.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {
  private static final String HASH = "a".repeat(40) + "-_9";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matrix.org",
        "matrix.org:8888",
        "1.2.3.4",
        "1.2.3.4:1234",
        "[1234:5678::abcd]",
        "[1234:5678::abcd]:5678",
        "LOCALHOST",
        "a-b:1"
      })
  void serverName_valid_isParsed(String text) {
    assertThat(ServerName.parse(text)).map(ServerName::value).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a:",
        "a:123456",
        "a:80x",
        "a b",
        "[::1",
        "[]",
        "[g::]",
        "a/b",
        "ü.org",
        "a:1:2"
      })
  void serverName_invalid_isRefused(String text) {
    assertThat(ServerName.parse(text)).isEmpty();
  }

  @Test
  void serverName_parts_areHostAndPort() {
    ServerName name = ServerName.parse("[::1]:8448").orElseThrow();
    assertThat(name.host()).isEqualTo("[::1]");
    assertThat(name.port()).isEqualTo(8448);
    assertThat(ServerName.parse("a.org").orElseThrow().port()).isEqualTo(-1);
    assertThat(ServerName.parse("a".repeat(256))).isEmpty();
  }

  @Test
  void userId_valid_hasItsParts() {
    UserId id = UserId.parse("@al:b.org:80").orElseThrow();
    assertThat(id.localpart()).isEqualTo("al");
    assertThat(id.serverName()).isEqualTo("b.org:80");
    assertThat(id).hasToString("@al:b.org:80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@:b.org", "@Al:b.org", "@a b:b.org", "@ü:b.org", "@😀:b.org", "@\n:b"})
  void userId_historical_isParsedButNotStrictly(String text) {
    assertThat(UserId.parse(text)).isPresent();
    assertThat(UserId.isValid(text)).isTrue();
    assertThat(UserId.parseStrict(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@", "@a", "a:b", "#a:b", "@a:", "@a\0:b", "@\ud800:b", "@a:b c"})
  void userId_invalid_isRefused(String text) {
    assertThat(UserId.parse(text)).isEmpty();
  }

  @Test
  void userId_length_isBoundedInBytes() {
    assertThat(UserId.parse("@" + "a".repeat(251) + ":bc")).isPresent();
    assertThat(UserId.parse("@" + "a".repeat(252) + ":bc")).isEmpty();
    assertThat(UserId.parse("@" + "ü".repeat(125) + ":bcd")).isPresent();
    assertThat(UserId.parse("@" + "ü".repeat(126) + ":bcd")).isEmpty();
  }

  @Test
  void userId_strict_allowsTheSpecifiedCharactersOnly() {
    assertThat(UserId.parseStrict("@az09._=-/+:b.org")).isPresent();
    assertThat(UserId.isStrictLocalpart("")).isFalse();
  }

  @Test
  void roomId_bothForms_areParsed() {
    RoomId old = RoomId.parse("!abc:a.org").orElseThrow();
    assertThat(old.serverName()).contains("a.org");
    assertThat(old.localpart()).isEqualTo("abc");
    RoomId hash = RoomId.parse("!" + HASH).orElseThrow();
    assertThat(hash.serverName()).isEmpty();
    assertThat(hash.localpart()).isEqualTo(HASH);
    assertThat(RoomId.isHash("!" + HASH)).isTrue();
    assertThat(RoomId.hasDomain("!" + HASH)).isFalse();
    assertThat(RoomId.parse("!abc")).isEmpty();
    assertThat(RoomId.parse("$" + HASH)).isEmpty();
  }

  @Test
  void eventId_bothForms_areParsed() {
    assertThat(EventId.parse("$" + HASH)).isPresent();
    assertThat(EventId.parse("$abc:a.org")).isPresent();
    assertThat(EventId.parse("$" + HASH + "x")).isEmpty();
    assertThat(EventId.parse("$" + "*".repeat(43))).isEmpty();
    assertThat(EventId.parse("$abc")).isEmpty();
  }

  @Test
  void roomAlias_valid_hasItsParts() {
    RoomAlias alias = RoomAlias.parse("#raum ö:a.org").orElseThrow();
    assertThat(alias.localpart()).isEqualTo("raum ö");
    assertThat(alias.serverName()).isEqualTo("a.org");
    assertThat(RoomAlias.parse("raum:a.org")).isEmpty();
  }
}
