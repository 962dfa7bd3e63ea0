package dev.stele.load.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether each listener saw each message once, and all in the same order, and whatever else a
 * scenario verifies.
 *
 * @param acknowledged messages that the server acknowledged, warm-up included
 * @param heard messages that the listener heard which heard most
 * @param lost acknowledged messages that no listener heard
 * @param repeated messages that came twice
 * @param disordered messages that came to one listener in another place than to the others
 * @param behind listeners that did not hear everything before the run ended
 * @param verified other things that were verified and right
 * @param wrong what was wrong with others; at most {@link #MOST_WRONG} are told
 */
public record Check(
    long acknowledged,
    long heard,
    long lost,
    long repeated,
    long disordered,
    int behind,
    long verified,
    List<String> wrong) {
  public static final Check NOTHING = new Check(0, 0, 0, 0, 0, 0, 0, List.of());
  public static final int MOST_WRONG = 20;

  public Check {
    wrong =
        wrong.size() > MOST_WRONG ? List.copyOf(wrong.subList(0, MOST_WRONG)) : List.copyOf(wrong);
  }

  /** The findings of a room. */
  static Check ofRoom(
      long acknowledged, long heard, long lost, long repeated, long disordered, int behind) {
    return new Check(acknowledged, heard, lost, repeated, disordered, behind, 0, List.of());
  }

  public boolean passed() {
    return lost == 0 && repeated == 0 && disordered == 0 && behind == 0 && wrong.isEmpty();
  }

  /** Whether anything was checked at all. */
  public boolean saysSomething() {
    return heard > 0 || verified > 0 || !passed();
  }

  /** Both findings. */
  public Check plus(Check other) {
    List<String> all = new ArrayList<>(wrong);
    all.addAll(other.wrong);
    return new Check(
        acknowledged + other.acknowledged,
        heard + other.heard,
        lost + other.lost,
        repeated + other.repeated,
        disordered + other.disordered,
        behind + other.behind,
        verified + other.verified,
        all);
  }

  /** One sentence. */
  public String text() {
    String messages =
        "%,d acknowledged, %,d heard, %,d lost, %,d repeated, %,d out of order, %,d listeners behind"
            .formatted(acknowledged, heard, lost, repeated, disordered, behind);
    return (passed() ? "passed: " : "FAILED: ")
        + (acknowledged + heard > 0 ? messages : "")
        + (acknowledged + heard > 0 && verified > 0 ? ", " : "")
        + (verified > 0 ? "%,d answers as they should be".formatted(verified) : "")
        + (wrong.isEmpty() ? "" : "; " + String.join("; ", wrong));
  }
}
