package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.server.encryption.KeyUpload;
import dev.stele.server.encryption.KeyUploads;
import dev.stele.server.encryption.KeysUploaded;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The keys that a device publishes. Client-server API, "Uploading keys". */
final class KeyUploadResource implements Resource {
  private final KeyUploads uploads;

  KeyUploadResource(KeyUploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.UPLOAD_KEYS, this::upload);
  }

  private Future<Reply> upload(Exchange exchange) {
    Requester requester = exchange.requester();
    Body body = exchange.body();
    KeyUpload upload = keys(body.object("device_keys"), body);
    return uploads.upload(requester.userId(), requester.deviceId(), upload).map(this::reply);
  }

  /** What a request publishes besides the identity keys. */
  static KeyUpload keys(@Nullable ObjectNode deviceKeys, Body body) {
    return new KeyUpload(
        deviceKeys, objectOrEmpty(body, "one_time_keys"), objectOrEmpty(body, "fallback_keys"));
  }

  private Reply reply(KeysUploaded uploaded) {
    if (uploaded instanceof KeysUploaded.Refused refused) {
      return Reply.error(refused.error());
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = answer.putObject("one_time_key_counts");
    ((KeysUploaded.Stored) uploaded).oneTimeKeys().forEach(counts::put);
    return Reply.ok(answer);
  }

  private static ObjectNode objectOrEmpty(Body body, String name) {
    ObjectNode object = body.object(name);
    return object == null ? JsonNodeFactory.instance.objectNode() : object;
  }
}
