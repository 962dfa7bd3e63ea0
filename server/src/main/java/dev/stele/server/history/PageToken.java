package dev.stele.server.history;

import dev.stele.server.projection.TopologicalPoint;
import java.util.Optional;

/**
 * A place between two events of a room, as clients carry it from one request to the next. Tokens of
 * {@code /sync} and of {@code /messages} can be told apart and serve for both.
 */
public sealed interface PageToken {

  /**
   * A place in the topological order: before the event at this point, if there is one, and after
   * everything before it. Written {@code t<depth>_<position>}.
   */
  record Topological(TopologicalPoint before) implements PageToken {
    @Override
    public String toString() {
      return "t" + before.depth() + "_" + before.position();
    }
  }

  /**
   * A place in the stream order: after everything up to a position. {@code /sync} writes it {@code
   * s<position>_<counter>_<inbox>}, where the counter and the inbox mean nothing here.
   */
  record Stream(long position) implements PageToken {
    @Override
    public String toString() {
      return "s" + position + "_0";
    }
  }

  /** Before everything. */
  PageToken START = new Topological(new TopologicalPoint(0, 0));

  /** Just before the event at this point. */
  static PageToken of(TopologicalPoint event) {
    return new Topological(event);
  }

  /** Just after the event at this point. */
  static PageToken after(TopologicalPoint event) {
    return new Topological(new TopologicalPoint(event.depth(), event.position() + 1));
  }

  /** The place that this text stands for; nothing if it is no token. */
  static Optional<PageToken> parse(String text) {
    return TokenSyntax.parse(text);
  }
}
