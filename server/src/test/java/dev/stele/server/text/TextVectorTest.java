package dev.stele.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextVectorTest {
  @Test
  void of_words_areLowerCaseWithTheirPlaces() {
    assertThat(TextVector.of("Tea, TEA & Don’t—9ａ!", "x"))
        .isEqualTo("'x' 'tea':1,2 'dont':3 '9a':4");
  }

  @Test
  void of_scriptsWithoutSpaces_areTheirPairs() {
    assertThat(TextVector.of("東京都 ok", "x")).isEqualTo("'x' '東京':1 '京都':2 '都':3 'ok':4");
    assertThat(TextVector.of("ภาษา", "x")).startsWith("'x' 'ภา':1");
  }

  @Test
  void of_mixedScripts_areSplitWhereTheyMeet() {
    assertThat(TextVector.of("iPhone用ケース🎉", "x"))
        .contains("'iphone':1")
        .contains("'用ケ'")
        .contains("'🎉'");
  }

  @Test
  void query_isAllOfTheWords() {
    assertThat(TextVector.query("Tea party")).isEqualTo("'tea' & 'party'");
    assertThat(TextVector.query("東京都")).isEqualTo("('東京' <-> '京都')");
    assertThat(TextVector.query("都")).isEqualTo("'都':*");
    assertThat(TextVector.query(" .,!? ")).isEmpty();
    assertThat(TextVector.query("it's \\ a 'quote' | & ! <->")).isEqualTo("'its' & 'a' & 'quote'");
  }

  @Test
  void of_veryLongTexts_isBounded() {
    String text = "word ".repeat(100_000);

    assertThat(TextVector.of(text, "x").length()).isLessThan(100_000);
    assertThat(TextVector.query(text).split("&")).hasSize(20);
  }

  @Test
  void room_isNoWord() {
    assertThat(TextVector.room("!a:b")).startsWith("r/").isNotEqualTo(TextVector.room("!b:b"));
    assertThat(TextVector.of(TextVector.room("!a:b"), "x")).doesNotContain("r/");
  }
}
