package dev.stele.stateres.version;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What redaction leaves of an event.
 *
 * @param topLevelKeys the keys of the event that stay
 * @param contentKeys by event type, the keys of the content that stay; of other types none stay
 * @param keepsCreateContent whether the whole content of {@code m.room.create} stays
 * @param keepsThirdPartySigned whether {@code third_party_invite.signed} of a member event stays
 */
public record RedactionRules(
    Set<String> topLevelKeys,
    Map<String, Set<String>> contentKeys,
    boolean keepsCreateContent,
    boolean keepsThirdPartySigned) {

  /** Room version 1. */
  static final RedactionRules V1 =
      new RedactionRules(
          Set.of(
              "event_id",
              "type",
              "room_id",
              "sender",
              "state_key",
              "content",
              "hashes",
              "signatures",
              "depth",
              "prev_events",
              "prev_state",
              "auth_events",
              "origin",
              "origin_server_ts",
              "membership"),
          Map.of(
              "m.room.member", Set.of("membership"),
              "m.room.create", Set.of("creator"),
              "m.room.join_rules", Set.of("join_rule"),
              "m.room.power_levels",
                  Set.of(
                      "ban",
                      "events",
                      "events_default",
                      "kick",
                      "redact",
                      "state_default",
                      "users",
                      "users_default"),
              "m.room.aliases", Set.of("aliases"),
              "m.room.history_visibility", Set.of("history_visibility")),
          false,
          false);

  /** Room version 6: aliases lose their meaning. */
  static final RedactionRules V6 = V1.withContent("m.room.aliases");

  /** Room version 8: restricted rooms keep who may join. */
  static final RedactionRules V8 = V6.withContent("m.room.join_rules", "join_rule", "allow");

  /** Room version 9: a restricted join keeps who authorised it. */
  static final RedactionRules V9 =
      V8.withContent("m.room.member", "membership", "join_authorised_via_users_server");

  /** Room version 11. */
  static final RedactionRules V11 =
      new RedactionRules(
          without(V9.topLevelKeys, "origin", "membership", "prev_state"),
          V9.withContent("m.room.redaction", "redacts")
              .withContent(
                  "m.room.power_levels",
                  "ban",
                  "events",
                  "events_default",
                  "invite",
                  "kick",
                  "redact",
                  "state_default",
                  "users",
                  "users_default")
              .contentKeys,
          true,
          true);

  /** Makes the sets immutable. */
  public RedactionRules {
    topLevelKeys = Set.copyOf(topLevelKeys);
    contentKeys = Map.copyOf(contentKeys);
  }

  /** The keys that stay in the content of an event of this type. */
  public Set<String> contentKeysOf(@Nullable String type) {
    return type == null ? Set.of() : contentKeys.getOrDefault(type, Set.of());
  }

  private RedactionRules withContent(String type, String... keys) {
    var changed = new HashMap<>(contentKeys);
    changed.put(type, Set.of(keys));
    return new RedactionRules(topLevelKeys, changed, keepsCreateContent, keepsThirdPartySigned);
  }

  private static Set<String> without(Set<String> keys, String... gone) {
    var left = new HashSet<>(keys);
    left.removeAll(Set.of(gone));
    return left;
  }
}
