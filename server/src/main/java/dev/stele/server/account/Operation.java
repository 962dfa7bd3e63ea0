package dev.stele.server.account;

import dev.stele.api.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do for which they have to authenticate themselves first. A session of
 * authentication holds for one operation.
 *
 * @param endpoint what they call
 * @param target what the path names, such as a device; empty if it names nothing
 * @param kind whether a client may repeat it in the same session
 * @param userId who asks, or null where nobody is logged in
 * @param deviceId the device that asks, or null
 * @param flows the ways to authenticate, each the stages to pass in order; none is empty
 */
public record Operation(
    Endpoint endpoint,
    String target,
    Kind kind,
    @Nullable String userId,
    @Nullable String deviceId,
    List<List<String>> flows) {
  /** Whether a session whose stages are all passed stays good for the operation. */
  public enum Kind {
    /** It does, so that a client that missed the result may ask again. */
    REPEATABLE,
    /** It ends with the operation. */
    ONCE
  }

  public Operation {
    if (flows.isEmpty() || flows.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("flows: " + flows + " (expected: none is empty)");
    }
    flows = flows.stream().map(List::copyOf).toList();
  }

  /** What anybody may do who passes the stages of a flow. */
  public static Operation ofAnybody(Endpoint endpoint, List<List<String>> flows) {
    return new Operation(endpoint, "", Kind.REPEATABLE, null, null, flows);
  }

  /** Whether a stage is one of any flow. */
  boolean knows(String stage) {
    return flows.stream().anyMatch(flow -> flow.contains(stage));
  }

  /** Whether a stage may be passed now that these are. */
  boolean awaits(String stage, List<String> completed) {
    int next = completed.size();
    return flows.stream()
        .anyMatch(
            flow ->
                flow.size() > next
                    && flow.get(next).equals(stage)
                    && flow.subList(0, next).equals(completed));
  }

  /** Whether these stages are all of a flow. */
  boolean isSatisfiedBy(List<String> completed) {
    return flows.contains(completed);
  }
}
