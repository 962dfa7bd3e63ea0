package dev.stele.server.history;

import dev.stele.server.projection.TopologicalPoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How page tokens are read. Their numbers have as many digits as surely fit into a long. */
final class TokenSyntax {
  private static final Pattern STREAM =
      Pattern.compile("s([0-9]{1,18})(?:_[0-9]{1,18}){0,2}(?:_d[0-9]{1,18}-[0-9a-f]{1,8})?");
  private static final Pattern TOPOLOGICAL = Pattern.compile("t([0-9]{1,18})_([0-9]{1,18})");

  private TokenSyntax() {}

  static Optional<PageToken> parse(String text) {
    Matcher stream = STREAM.matcher(text);
    if (stream.matches()) {
      return Optional.of(new PageToken.Stream(Long.parseLong(stream.group(1))));
    }
    Matcher topological = TOPOLOGICAL.matcher(text);
    if (topological.matches()) {
      long depth = Long.parseLong(topological.group(1));
      long position = Long.parseLong(topological.group(2));
      return Optional.of(PageToken.of(new TopologicalPoint(depth, position)));
    }
    return Optional.empty();
  }
}
