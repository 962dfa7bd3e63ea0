package dev.stele.load.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process, by the JDK's {@code jcmd}. Blocks. */
public final class JavaHeap {
  private static final int SECONDS = 60;
  private static final double KIB_PER_MB = 1024;

  /** A line for each part of the heap; that of the metaspace is none. */
  private static final Pattern USED =
      Pattern.compile("(?m)^(?!.*(?:Metaspace|class space)).*\\bused (\\d+)([KM])");

  private JavaHeap() {}

  /** Has a process collect its garbage; does nothing to one that is not Java's. */
  public static void collect(long pid) {
    String unused = ask(pid, "GC.run");
  }

  /** MB in use after a full collection; empty for a process that is not Java's. */
  public static OptionalDouble usedAfterCollection(long pid) {
    collect(pid);
    return used(ask(pid, "GC.heap_info"));
  }

  /** The sum of what is in use, as {@code GC.heap_info} tells it. */
  static OptionalDouble used(String heapInfo) {
    Matcher matcher = USED.matcher(heapInfo);
    double mb = 0;
    boolean any = false;
    while (matcher.find()) {
      double amount = Double.parseDouble(matcher.group(1));
      mb += matcher.group(2).equals("M") ? amount : amount / KIB_PER_MB;
      any = true;
    }
    return any ? OptionalDouble.of(mb) : OptionalDouble.empty();
  }

  private static String ask(long pid, String what) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  what)
              .redirectErrorStream(true)
              .start();
      String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!jcmd.waitFor(SECONDS, TimeUnit.SECONDS)) {
        jcmd.destroy();
      }
      return said;
    } catch (IOException noJcmd) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
