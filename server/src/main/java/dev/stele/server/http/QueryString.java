package dev.stele.server.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a URL, decoded strictly. The first of several values of a name counts. */
final class QueryString {
  private static final QueryString EMPTY = new QueryString(List.of(), List.of());

  private final List<String> names;
  private final List<String> values;

  private QueryString(List<String> names, List<String> values) {
    this.names = names;
    this.values = values;
  }

  static QueryString parse(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return EMPTY;
    }
    List<String> names = new ArrayList<>(4);
    List<String> values = new ArrayList<>(4);
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (end > start) {
        int equals = query.indexOf('=', start);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        names.add(PercentCoding.decodeQuery(query.substring(start, nameEnd)));
        values.add(PercentCoding.decodeQuery(query.substring(Math.min(nameEnd + 1, end), end)));
      }
      start = end + 1;
    }
    return new QueryString(names, values);
  }

  @Nullable String first(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : values.get(index);
  }

  List<String> all(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        found.add(values.get(i));
      }
    }
    return found;
  }
}
