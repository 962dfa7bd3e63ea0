package dev.stele.server.event;

import org.jspecify.annotations.Nullable;

/**
 * An event with everything that showing it takes.
 *
 * @param event the event, without its content if it was redacted
 * @param replaced the state that it replaced, or null
 * @param redaction the redaction that took its content away, or null
 * @param bundle what relates to it, or null if nothing does or nobody asked
 */
public record ShownEvent(
    KnownEvent event,
    @Nullable KnownEvent replaced,
    @Nullable KnownEvent redaction,
    @Nullable Bundle bundle) {

  /** An event of which it is not known what relates to it. */
  public ShownEvent(
      KnownEvent event, @Nullable KnownEvent replaced, @Nullable KnownEvent redaction) {
    this(event, replaced, redaction, null);
  }

  /** The same event with what relates to it. */
  public ShownEvent with(Bundle bundle) {
    return new ShownEvent(event, replaced, redaction, bundle);
  }

  /** The same event as somebody sees it who wants none of its sender's content. */
  public ShownEvent withoutContent() {
    return new ShownEvent(event.redacted(), replaced, redaction, bundle);
  }
}
