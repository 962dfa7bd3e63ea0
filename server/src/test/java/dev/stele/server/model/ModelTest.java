package dev.stele.server.model;

import dev.stele.server.testing.TestServer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People do things in rooms at random, while clients follow along in every fashion and the server
 * restarts. What each client has in the end is what it may see: nothing lost, repeated, out of
 * order, or seen by the wrong eyes.
 *
 * <p>{@code -Dstele.model.seed=N} runs one seed again. {@code -Dstele.model.minutes=N} runs new
 * ones for so long; {@code -Dstele.model.steps=N} makes each of them longer or shorter.
 */
final class ModelTest {
  private static final int STEPS = Integer.getInteger("stele.model.steps", 250);

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void people_clientsAndRestarts_clientsSeeWhatTheyMay(long seed) {
    new Campaign(server, seed).run(STEPS);
  }

  static LongStream seeds() {
    Long only = Long.getLong("stele.model.seed");
    if (only != null) {
      return LongStream.of(only);
    }
    long end =
        System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger("stele.model.minutes", 0));
    LongStream more =
        new Random().longs(0, Integer.MAX_VALUE).takeWhile(seed -> System.nanoTime() < end);
    return LongStream.concat(LongStream.of(1, 2, 3), more);
  }
}
