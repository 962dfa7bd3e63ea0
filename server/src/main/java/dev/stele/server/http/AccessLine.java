package dev.stele.server.http;

import dev.stele.server.logging.LogFields;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request and what became of it, as it is logged: put into words by whoever writes it. */
record AccessLine(String method, String path, int status, long nanos, String requestId)
    implements LogFields {
  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", method);
    fields.put("path", AccessLog.printable(path));
    fields.put("status", status);
    fields.put("millis", Math.round(nanos / 1e5) / 10.0);
    fields.put("request_id", requestId);
    return fields;
  }

  @Override
  public String toString() {
    return method
        + ' '
        + AccessLog.printable(path)
        + ' '
        + status
        + ' '
        + AccessLog.millis(nanos)
        + "ms "
        + requestId;
  }
}
