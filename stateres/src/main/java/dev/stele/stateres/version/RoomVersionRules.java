package dev.stele.stateres.version;

/** The rules of version 1, and the place where later versions change them. */
final class RoomVersionRules {
  EventIdFormat eventIdFormat = EventIdFormat.GIVEN;
  StateResolution stateResolution = StateResolution.V1;
  RedactionRules redaction = RedactionRules.V1;
  boolean strictCanonicalJson;
  boolean enforceKeyValidity;
  boolean aliasesSpecialCase = true;
  boolean redactionNeedsPower = true;
  boolean notificationLevelsChecked;
  boolean integerPowerLevels;
  boolean knocking;
  boolean restrictedJoins;
  boolean knockRestricted;
  boolean creatorInContent = true;
  boolean redactsInContent;
  boolean roomIdIsCreateHash;
  boolean creatorsArePrivileged;

  RoomVersionRules copy() {
    var copy = new RoomVersionRules();
    copy.eventIdFormat = eventIdFormat;
    copy.stateResolution = stateResolution;
    copy.redaction = redaction;
    copy.strictCanonicalJson = strictCanonicalJson;
    copy.enforceKeyValidity = enforceKeyValidity;
    copy.aliasesSpecialCase = aliasesSpecialCase;
    copy.redactionNeedsPower = redactionNeedsPower;
    copy.notificationLevelsChecked = notificationLevelsChecked;
    copy.integerPowerLevels = integerPowerLevels;
    copy.knocking = knocking;
    copy.restrictedJoins = restrictedJoins;
    copy.knockRestricted = knockRestricted;
    copy.creatorInContent = creatorInContent;
    copy.redactsInContent = redactsInContent;
    copy.roomIdIsCreateHash = roomIdIsCreateHash;
    copy.creatorsArePrivileged = creatorsArePrivileged;
    return copy;
  }
}
