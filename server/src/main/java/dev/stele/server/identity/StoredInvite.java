package dev.stele.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.id.ServerName;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An invite that an identity server keeps until somebody shows to be whom it is for.
 *
 * @param token what names it in the room
 * @param content what the {@code m.room.third_party_invite} event says
 */
public record StoredInvite(String token, ObjectNode content) {
  private static final Pattern TOKEN = Pattern.compile("[0-9a-zA-Z.=_-]{1,255}");
  private static final int MAX_KEYS = 20;

  /** Reads the answer to {@code store-invite}; empty if it is none. */
  static Optional<StoredInvite> read(ServerName server, JsonNode answer) {
    String token = answer.path("token").asText();
    JsonNode name = answer.path("display_name");
    JsonNode keys = answer.path("public_keys");
    if (!TOKEN.matcher(token).matches()
        || !name.isTextual()
        || keys.isEmpty()
        || keys.size() > MAX_KEYS) {
      return Optional.empty();
    }
    ArrayNode copied = JsonNodeFactory.instance.arrayNode();
    for (JsonNode key : keys) {
      if (!key.path("public_key").isTextual()) {
        return Optional.empty();
      }
      copied.add(key(server, key));
    }
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content.set("display_name", name);
    content.set("key_validity_url", copied.get(0).get("key_validity_url"));
    content.set("public_key", copied.get(0).get("public_key"));
    content.set("public_keys", copied);
    return Optional.of(new StoredInvite(token, content));
  }

  private static ObjectNode key(ServerName server, JsonNode key) {
    String url = key.path("key_validity_url").textValue();
    return JsonNodeFactory.instance
        .objectNode()
        .put("public_key", key.path("public_key").textValue())
        .put(
            "key_validity_url",
            url == null ? "https://" + server + "/_matrix/identity/v2/pubkey/isvalid" : url);
  }
}
