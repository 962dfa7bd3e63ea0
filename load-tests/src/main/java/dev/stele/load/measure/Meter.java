package dev.stele.load.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that is counted during a run: {@link Operation operations}, failures, and figures of a
 * scenario's own. Thread-safe, but for what says otherwise.
 */
public final class Meter {
  /** Begins the names of operations that are arrivals, and not requests. */
  public static final String DELIVERY = "delivery";

  /** Ends the names of operations that are requests which the server had no time for. */
  public static final String TURNED_AWAY = " refused";

  private final Window window = new Window();
  private final List<Operation> operations = new ArrayList<>();
  private final Operation lag = new Operation("generator lag", window);
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> turnedAway = new ConcurrentHashMap<>();
  private final Map<String, Figure> figures = new TreeMap<>();
  private final LongAdder answers = new LongAdder();
  private final LongAdder answerBytes = new LongAdder();

  public Window window() {
    return window;
  }

  /** The operation of that name, always the same one. */
  public synchronized Operation operation(String name) {
    for (Operation known : operations) {
      if (known.name().equals(name)) {
        return known;
      }
    }
    Operation made = new Operation(name, window);
    operations.add(made);
    return made;
  }

  /** All operations: first what is asked of the server, then what arrives, as they came up. */
  public synchronized List<Operation> operations() {
    return operations.stream()
        .sorted(Comparator.comparing(operation -> operation.name().startsWith(DELIVERY)))
        .toList();
  }

  /** How late this program itself was with what was due; none of the operations. */
  public Operation lag() {
    return lag;
  }

  /** A request failed. Counted always: a failure during warm-up is one as well. */
  public void failed(String reason) {
    failures.computeIfAbsent(reason, absent -> new LongAdder()).increment();
  }

  /** How often requests failed, by reason. */
  public Map<String, Long> failures() {
    return sums(failures);
  }

  /** The server had no time for a request: an outcome, and no failure. Counted always. */
  public void turnedAway(String reason) {
    turnedAway.computeIfAbsent(reason, absent -> new LongAdder()).increment();
  }

  /** How often the server had no time, by what it answered. */
  public Map<String, Long> turnedAway() {
    return sums(turnedAway);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> adders) {
    Map<String, Long> counts = new TreeMap<>();
    adders.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  /** A sync brought news, in so many bytes. */
  public void received(int bytes) {
    answers.increment();
    answerBytes.add(bytes);
  }

  /** Bytes of a sync that brings news, on average; 0 when there was none. */
  public long meanAnswerBytes() {
    return answers.sum() == 0 ? 0 : answerBytes.sum() / answers.sum();
  }

  /** Notes what a scenario found out. */
  public synchronized void figure(String name, double value, String unit) {
    figures.put(name, new Figure(value, unit));
  }

  public synchronized Map<String, Figure> figures() {
    return new TreeMap<>(figures);
  }

  /** Ends a part of all timelines, {@code second} seconds after measuring began. One thread's. */
  public void point(double second) {
    operations().forEach(operation -> operation.point(second));
  }

  /** What was measured in so many seconds, without what never happened. One thread's. */
  public List<Measured> measured(double seconds) {
    return operations().stream()
        .map(operation -> operation.measured(seconds))
        .filter(measured -> measured.count() > 0)
        .toList();
  }
}
