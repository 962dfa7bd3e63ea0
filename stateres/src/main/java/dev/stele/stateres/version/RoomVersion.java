package dev.stele.stateres.version;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A room version as data. Code asks for the rule that it needs, never for the version's number.
 *
 * <p>Each constant below reads as its difference from the one before it.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/">Room Versions</a>
 */
public final class RoomVersion {
  public static final RoomVersion V1 = new RoomVersion("1", new RoomVersionRules());
  public static final RoomVersion V2 = V1.next("2", r -> r.stateResolution = StateResolution.V2);
  public static final RoomVersion V3 =
      V2.next(
          "3",
          r -> {
            r.eventIdFormat = EventIdFormat.BASE64_HASH;
            r.redactionNeedsPower = false;
          });
  public static final RoomVersion V4 =
      V3.next("4", r -> r.eventIdFormat = EventIdFormat.URL_SAFE_HASH);
  public static final RoomVersion V5 = V4.next("5", r -> r.enforceKeyValidity = true);
  public static final RoomVersion V6 =
      V5.next(
          "6",
          r -> {
            r.strictCanonicalJson = true;
            r.aliasesSpecialCase = false;
            r.notificationLevelsChecked = true;
            r.redaction = RedactionRules.V6;
          });
  public static final RoomVersion V7 = V6.next("7", r -> r.knocking = true);
  public static final RoomVersion V8 =
      V7.next(
          "8",
          r -> {
            r.restrictedJoins = true;
            r.redaction = RedactionRules.V8;
          });
  public static final RoomVersion V9 = V8.next("9", r -> r.redaction = RedactionRules.V9);
  public static final RoomVersion V10 =
      V9.next(
          "10",
          r -> {
            r.knockRestricted = true;
            r.integerPowerLevels = true;
          });
  public static final RoomVersion V11 =
      V10.next(
          "11",
          r -> {
            r.creatorInContent = false;
            r.redactsInContent = true;
            r.redaction = RedactionRules.V11;
          });
  public static final RoomVersion V12 =
      V11.next(
          "12",
          r -> {
            r.stateResolution = StateResolution.V2_1;
            r.roomIdIsCreateHash = true;
            r.creatorsArePrivileged = true;
          });

  /** The version of new rooms, unless an operator or a user wants another. */
  public static final RoomVersion DEFAULT = V12;

  private static final Map<String, RoomVersion> ALL = index();

  private final String id;
  private final RoomVersionRules rules;

  private RoomVersion(String id, RoomVersionRules rules) {
    this.id = id;
    this.rules = rules;
  }

  private RoomVersion next(String id, Consumer<RoomVersionRules> change) {
    RoomVersionRules changed = rules.copy();
    change.accept(changed);
    return new RoomVersion(id, changed);
  }

  private static Map<String, RoomVersion> index() {
    var all = new LinkedHashMap<String, RoomVersion>();
    for (var version : new RoomVersion[] {V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12}) {
      all.put(version.id, version);
    }
    return all;
  }

  /** The version with this id, if it is one of those of the specification. */
  public static Optional<RoomVersion> of(String id) {
    return Optional.ofNullable(ALL.get(id));
  }

  /** Every version, oldest first. */
  public static Collection<RoomVersion> all() {
    return List.copyOf(ALL.values());
  }

  /** The version's name in {@code m.room.create}. */
  public String id() {
    return id;
  }

  /** Where event ids come from. */
  public EventIdFormat eventIdFormat() {
    return rules.eventIdFormat;
  }

  /** The algorithm for forked state. */
  public StateResolution stateResolution() {
    return rules.stateResolution;
  }

  /** What redaction leaves of an event. */
  public RedactionRules redaction() {
    return rules.redaction;
  }

  /** Whether events that have no strict Canonical JSON are dropped. From version 6. */
  public boolean strictCanonicalJson() {
    return rules.strictCanonicalJson;
  }

  /** Whether a key must have been valid when its event was sent. From version 5. */
  public boolean enforceKeyValidity() {
    return rules.enforceKeyValidity;
  }

  /** Whether {@code m.room.aliases} has an authorisation rule of its own. Until version 5. */
  public boolean aliasesSpecialCase() {
    return rules.aliasesSpecialCase;
  }

  /** Whether a redaction needs power over, or the domain of, what it redacts. Versions 1 and 2. */
  public boolean redactionNeedsPower() {
    return rules.redactionNeedsPower;
  }

  /** Whether changes of {@code notifications} levels are checked. From version 6. */
  public boolean notificationLevelsChecked() {
    return rules.notificationLevelsChecked;
  }

  /** Whether power levels must be integers rather than strings that spell one. From version 10. */
  public boolean integerPowerLevels() {
    return rules.integerPowerLevels;
  }

  /** Whether users may knock. From version 7. */
  public boolean knocking() {
    return rules.knocking;
  }

  /** Whether membership of another room can let users in. From version 8. */
  public boolean restrictedJoins() {
    return rules.restrictedJoins;
  }

  /** Whether a room can be both restricted and open to knocks. From version 10. */
  public boolean knockRestricted() {
    return rules.knockRestricted;
  }

  /** Whether {@code m.room.create} names the creator in its content. Until version 10. */
  public boolean creatorInContent() {
    return rules.creatorInContent;
  }

  /** Whether {@code redacts} stands in the content rather than beside it. From version 11. */
  public boolean redactsInContent() {
    return rules.redactsInContent;
  }

  /**
   * Whether the room's id is its create event's, and auth events leave that out. From version 12.
   */
  public boolean roomIdIsCreateHash() {
    return rules.roomIdIsCreateHash;
  }

  /** Whether creators, named additionally or not, stand above all power levels. From version 12. */
  public boolean creatorsArePrivileged() {
    return rules.creatorsArePrivileged;
  }

  /**
   * Whether {@code prev_events} and {@code auth_events} list pairs of id and hash. Versions 1, 2.
   */
  public boolean eventReferencesCarryHashes() {
    return rules.eventIdFormat == EventIdFormat.GIVEN;
  }

  @Override
  public String toString() {
    return "room version " + id;
  }
}
