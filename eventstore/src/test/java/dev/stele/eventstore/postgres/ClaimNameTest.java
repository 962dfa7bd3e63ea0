package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.Claim;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the database knows claims by. */
final class ClaimNameTest {

  @Test
  void of_otherNamespacesAndKeys_differs() {
    List<UUID> names =
        List.of(
            name("a", "x"),
            name("b", "x"),
            name("a", "y"),
            name("a", "x\ny"),
            name("a", "x\nz"),
            name("a", "w\ny"),
            name("a", "x\ny\nz"));

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void of_keysThatDifferInTheirLastLine_standSideBySide() {
    assertThat(group("txn", "@anna:hs1\nPHONE\nsend\n1"))
        .isEqualTo(group("txn", "@anna:hs1\nPHONE\nsend\n2"))
        .isNotEqualTo(group("txn", "@anna:hs1\nLAPTOP\nsend\n1"));
  }

  private static UUID name(String namespace, String key) {
    return ClaimName.of(new Claim(namespace, key));
  }

  private static long group(String namespace, String key) {
    return name(namespace, key).getMostSignificantBits() >>> Integer.SIZE;
  }
}
