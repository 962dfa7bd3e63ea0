package dev.stele.load.measure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What a scenario verifies beside messages. Thread-safe. */
public final class Findings {
  private final LongAdder right = new LongAdder();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private Check others = Check.NOTHING;

  /** Something is right, or wrong in that way. */
  public void verify(boolean isRight, String otherwise) {
    if (isRight) {
      right.increment();
    } else if (wrong.size() < Check.MOST_WRONG) {
      wrong.add(otherwise);
    }
  }

  /** The findings of others as well. */
  public synchronized void add(Check check) {
    others = others.plus(check);
  }

  public synchronized Check check() {
    return others.plus(new Check(0, 0, 0, 0, 0, 0, right.sum(), wrong));
  }
}
