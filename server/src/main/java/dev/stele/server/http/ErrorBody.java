package dev.stele.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.MatrixError;
import io.vertx.core.buffer.Buffer;

/** The standard error response. */
final class ErrorBody {
  private ErrorBody() {}

  static Buffer of(MatrixError error) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("errcode", error.code().wire()).put("error", error.message());
    error.fields().forEach((name, value) -> body.set(name, JsonText.valueToTree(value)));
    return JsonText.write(body);
  }
}
