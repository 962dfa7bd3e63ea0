package dev.stele.api;

import java.util.regex.Pattern;

/** What routes are about. Each route of the specification belongs to one area. */
enum Area {
  DISCOVERY(
      "discovery", "/.well-known/matrix/(client|support|policy_server)|versions|capabilities"),
  ACCOUNTS(
      "accounts, sessions, devices",
      "(register|login|logout|refresh|account|devices)(/.*)?|auth_metadata|delete_devices"
          + "|user/.userId./openid/request_token"),
  MEMBERSHIP(
      "rooms and membership",
      "createRoom|joined_rooms|(join|knock)/.*"
          + "|rooms/.roomId./(invite|join|leave|kick|ban|unban|forget|upgrade)"),
  HISTORY(
      "events, history, search",
      "rooms/.roomId./(send|redact|state|members|joined_members|event|messages|context"
          + "|timestamp_to_event|relations|threads|initialSync)(/.*)?|search|events(/.*)?|initialSync"),
  SYNC("sync and filters", "sync|user/.userId./filter(/.*)?"),
  RECEIPTS(
      "receipts, typing, presence",
      "rooms/.roomId./(receipt/.*|read_markers|typing/.*)|presence/.*"),
  DIRECTORY(
      "spaces, directories of rooms and users",
      "rooms/.roomId./(hierarchy|aliases)|room_summary/.*|directory/(list/)?room/.*|publicRooms"
          + "|user_directory/search|mutual_rooms|thirdparty/.*"),
  PROFILES("profiles, account data, tags", "profile/.*|user/.userId./(rooms/.*|account_data/.*)"),
  PUSH("push rules and notifications", "pushrules/.*|pushers(/set)?|notifications"),
  REPORTS("reports", "rooms/.roomId./report(/.*)?|users/.userId./report"),
  KEYS("encryption keys, to-device messages", "(keys|room_keys|sendToDevice)/.*"),
  MEDIA("media", "media/.*|/_matrix/media/.*"),
  CALLS("calls", "voip/.*"),
  ADMIN("administration", "admin/.*"),
  BRIDGES("application services", "appservice/.*|directory/list/appservice/.*"),
  FEDERATION("federation", "/_matrix/(federation|key|policy)/.*|/.well-known/matrix/server");

  private static final Pattern CLIENT = Pattern.compile("/_matrix/client/(v\\d+/)?");

  private final String title;
  private final Pattern paths;

  /**
   * @param paths the paths, those of the client-server API from behind their version on
   */
  Area(String title, String paths) {
    this.title = title;
    this.paths = Pattern.compile(paths);
  }

  String title() {
    return title;
  }

  boolean holds(SpecifiedRoute route) {
    String path = CLIENT.matcher(route.path()).replaceFirst("");
    return paths.matcher(path).matches();
  }
}
