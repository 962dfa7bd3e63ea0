package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.version.RedactionRules;
import dev.stele.stateres.version.RoomVersion;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The redaction algorithm: what of an event its hash and its signatures protect, and what stays
 * when the rest is taken away.
 *
 * @see <a href="https://spec.matrix.org/v1.19/client-server-api/#redactions">Redactions</a>
 */
public final class Redaction {
  private static final String CONTENT = "content";
  private static final String THIRD_PARTY_INVITE = "third_party_invite";
  private static final String SIGNED = "signed";

  private Redaction() {}

  /** The redacted form. The argument is unchanged; what both keep, they share. */
  public static ObjectNode redact(RoomVersion version, ObjectNode event) {
    RedactionRules rules = version.redaction();
    ObjectNode redacted = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : event.properties()) {
      if (rules.topLevelKeys().contains(field.getKey())) {
        redacted.set(field.getKey(), field.getValue());
      }
    }
    JsonNode content = event.get(CONTENT);
    if (content != null) {
      redacted.set(CONTENT, redactContent(rules, event.path("type").textValue(), content));
    }
    return redacted;
  }

  private static ObjectNode redactContent(
      RedactionRules rules, @Nullable String type, JsonNode content) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    if (!(content instanceof ObjectNode full)) {
      return kept;
    }
    if (rules.keepsCreateContent() && EventType.CREATE.equals(type)) {
      return full;
    }
    Set<String> keys = rules.contentKeysOf(type);
    for (Map.Entry<String, JsonNode> field : full.properties()) {
      if (keys.contains(field.getKey())) {
        kept.set(field.getKey(), field.getValue());
      }
    }
    if (rules.keepsThirdPartySigned() && EventType.MEMBER.equals(type)) {
      keepSigned(full, kept);
    }
    return kept;
  }

  private static void keepSigned(ObjectNode full, ObjectNode kept) {
    if (full.get(THIRD_PARTY_INVITE) instanceof ObjectNode invite) {
      ObjectNode keptInvite = kept.putObject(THIRD_PARTY_INVITE);
      JsonNode signed = invite.get(SIGNED);
      if (signed != null) {
        keptInvite.set(SIGNED, signed);
      }
    }
  }
}
