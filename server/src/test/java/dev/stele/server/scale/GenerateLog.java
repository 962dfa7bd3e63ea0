package dev.stele.server.scale;

import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a log of a given size into a new data directory, and lets a server fold it. */
@Command(
    name = "GenerateLog",
    description = "Writes a log of a given size into a data directory, and folds it.",
    mixinStandardHelpOptions = true)
public final class GenerateLog implements Callable<Integer> {
  @Parameters(paramLabel = "DIRECTORY", description = "The directory; the data are in its data/.")
  private Path directory;

  @Option(names = "--seed", description = "What chance follows from.")
  private long seed = 1;

  @Option(names = "--members", description = "Members of the huge room; 0 for no such room.")
  private int members;

  @Option(names = "--events", description = "Events of the huge room.")
  private int events = 1_000_000;

  @Option(names = "--rooms", description = "Rooms of the busy account; 0 for no such account.")
  private int rooms;

  @Option(names = "--room-members", description = "At most so many others are in one of those.")
  private int roomMembers = 20;

  @Option(names = "--full-rooms", description = "As many others as that are in each of them.")
  private boolean fullRooms;

  @Option(names = "--room-events", description = "Events in one of those, about.")
  private int roomEvents = 20;

  @Option(names = "--year-rooms", description = "Rooms of the generated year; 0 for no year.")
  private int yearRooms;

  @Option(names = "--year-events", description = "Events of the generated year.")
  private int yearEvents = 1_000_000;

  @Option(names = "--no-fold", description = "Leaves folding the log to the first start.")
  private boolean unfolded;

  /** Writes, and prints how fast. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateLog()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path data = directory.resolve("data");
    long begun = System.nanoTime();
    long written;
    long records;
    try (GeneratedLog log = GeneratedLog.open(data)) {
      if (members > 0) {
        new HugeRoom(log, seed).write(members, events);
      }
      if (rooms > 0) {
        new BusyAccount(log, seed).write(rooms, roomMembers, fullRooms, roomEvents);
      }
      if (yearRooms > 0) {
        new GeneratedYear(log, seed).write(yearRooms, yearEvents);
      }
      log.settle();
      written = log.appended();
      records = log.committed();
    }
    report("written", written, begun);
    if (!unfolded) {
      fold(data, records);
    }
    return 0;
  }

  /** The settings of a server on these data. */
  static String settings(Path data, int port) {
    return """
        server_name: %s
        data_dir: "%s"
        listeners: [{ bind: 127.0.0.1, port: %d }]
        unsafe: { disable_rate_limits: true }
        """
        .formatted(GeneratedLog.SERVER, data, port);
  }

  private static void fold(Path data, long records) throws Exception {
    Vertx vertx = Vertx.vertx();
    long begun = System.nanoTime();
    Homeserver server =
        Homeserver.deploy(vertx, Settings.fromYaml(settings(data, 0))).await(30, TimeUnit.MINUTES);
    report("folded", records, begun);
    server.close().await(1, TimeUnit.MINUTES);
    vertx.close().await(1, TimeUnit.MINUTES);
  }

  private static void report(String what, long records, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%,d records %s in %.1f s: %,.0f/s%n", records, what, seconds, records / seconds);
  }
}
