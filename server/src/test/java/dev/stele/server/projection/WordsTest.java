package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
  @Test
  void of_ordinaryText_isItsWords() {
    assertThat(Words.of("Tea-party, at 5! TEA")).containsExactly("tea", "party", "at", "5");
    assertThat(Words.of("Ünïcödé STRASSE straße ﬁn")).containsExactly("unicode", "strasse", "fin");
    assertThat(Words.of("")).isEmpty();
    assertThat(Words.of("\0 -- \u200b")).isEmpty();
  }

  @Test
  void of_textWithoutSpaces_beginsAWordAtEveryCharacter() {
    assertThat(Words.of("東京都")).containsExactly("東京都", "京都", "都");
    assertThat(Words.of("abc東京")).containsExactly("abc東京", "東京", "京");
    assertThat(Words.of("🦊🐻")).containsExactly("🦊🐻", "🐻");
  }

  @Test
  void of_hugeText_isBounded() {
    assertThat(Words.of("東".repeat(50_000) + "x")).hasSizeLessThanOrEqualTo(500);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append((char) (0x4e00 + i));
    }
    assertThat(Words.of(text.toString())).hasSize(500).allMatch(word -> word.length() <= 48);
  }

  @Test
  void sought_isTheLongestFirst_andAsLongAsWhatIsKept() {
    assertThat(Words.sought("a tea Party a", 8)).containsExactly("party", "tea", "a");
    assertThat(Words.sought("a tea party", 2)).containsExactly("party", "tea");
    String kanji = "一二三四五六七八九十百千万億";
    assertThat(Words.of("x" + kanji)).contains(Words.sought(kanji, 1).get(0));
    String word = "w".repeat(100);
    assertThat(Words.of(word)).isEqualTo(List.of(Words.sought(word, 1).get(0)));
  }
}
