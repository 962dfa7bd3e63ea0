package dev.stele.server.http;

import dev.stele.server.logging.LogFields;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests that were refused unread, as they are logged: together. */
record RefusedLine(long requests, int underWay, long nanos) implements LogFields {
  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("refused", requests);
    fields.put("most_under_way", underWay);
    fields.put("millis", Math.round(nanos / 1e5) / 10.0);
    return fields;
  }

  @Override
  public String toString() {
    return requests
        + (requests == 1 ? " request" : " requests")
        + " refused in "
        + AccessLog.millis(nanos)
        + "ms, "
        + underWay
        + " were under way";
  }
}
