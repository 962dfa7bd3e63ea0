package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cross-signing keys, signatures and dehydrated devices while the server is killed again and again.
 */
final class IdentityCrashTest {
  private static final int PEOPLE = 3;
  private static final int KILLS = 3;

  /** How many acknowledged changes there are between two kills. */
  private static final int APART = 60;

  @TempDir Path directory;

  @Test
  void kill_duringUploads_losesNoKeyNorSignature_andHalvesNoDevice() throws Exception {
    try (MortalServer server = new MortalServer(directory)) {
      List<IdentityTraffic> signing =
          IntStream.range(0, PEOPLE)
              .mapToObj(i -> new IdentityTraffic(server, "signs" + i))
              .toList();
      signing.forEach(IdentityTraffic::publish);
      List<DehydratedTraffic> leaving =
          IntStream.range(0, PEOPLE)
              .mapToObj(i -> new DehydratedTraffic(server, "leaves" + i))
              .toList();
      leaving.forEach(DehydratedTraffic::leaveFirst);
      List<Runnable> work = new ArrayList<>();
      signing.forEach(person -> work.add(() -> person.replaceAll(signing)));
      leaving.forEach(person -> work.add(person::replaceAll));

      server.killDuring(KILLS, APART, work);

      signing.forEach(person -> person.assertHasAllThatWasAcknowledged(signing));
      leaving.forEach(DehydratedTraffic::assertWhole);
      List<JsonNode> before = seen(signing, leaving);
      server.rebuild();
      assertThat(seen(signing, leaving)).isEqualTo(before);
      leaving.forEach(DehydratedTraffic::assertHasKeysToClaim);
    }
  }

  private static List<JsonNode> seen(
      List<IdentityTraffic> signing, List<DehydratedTraffic> leaving) {
    List<JsonNode> seen = new ArrayList<>();
    signing.forEach(person -> seen.add(person.sees(signing)));
    leaving.forEach(person -> seen.addAll(person.sees()));
    return seen;
  }
}
