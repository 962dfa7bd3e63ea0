package dev.stele.api;

/**
 * The operations that Stele serves, one constant each. Constants are named after the {@code
 * operationId} of the specification.
 */
public enum Endpoint {
  // Discovery.
  GET_VERSIONS(
      "getVersions", Method.GET, "/_matrix/client/versions", Auth.OPTIONAL, RateClass.NONE),
  GET_WELLKNOWN(
      "getWellknown", Method.GET, "/.well-known/matrix/client", Auth.NONE, RateClass.NONE),
  GET_CAPABILITIES(
      "getCapabilities", Method.GET, "/_matrix/client/v3/capabilities", Auth.USER, RateClass.NONE),

  // Accounts and sessions.
  REGISTER(
      "register", Method.POST, "/_matrix/client/v3/register", Auth.NONE, RateClass.REGISTRATION),
  CHECK_USERNAME_AVAILABILITY(
      "checkUsernameAvailability",
      Method.GET,
      "/_matrix/client/v3/register/available",
      Auth.NONE,
      RateClass.REGISTRATION_QUERY),
  GET_LOGIN_FLOWS(
      "getLoginFlows", Method.GET, "/_matrix/client/v3/login", Auth.NONE, RateClass.NONE),
  LOGIN("login", Method.POST, "/_matrix/client/v3/login", Auth.NONE, RateClass.LOGIN),
  LOGOUT("logout", Method.POST, "/_matrix/client/v3/logout", Auth.USER, RateClass.NONE),
  LOGOUT_ALL("logout_all", Method.POST, "/_matrix/client/v3/logout/all", Auth.USER, RateClass.NONE),
  GET_TOKEN_OWNER(
      "getTokenOwner", Method.GET, "/_matrix/client/v3/account/whoami", Auth.USER, RateClass.NONE),
  GET_AUTH_FALLBACK(
      "getAuthFallback",
      Method.GET,
      "/_matrix/client/v3/auth/{stage}/fallback/web",
      Auth.NONE,
      RateClass.NONE),
  SUBMIT_AUTH_FALLBACK(
      "submitAuthFallback",
      Method.POST,
      "/_matrix/client/v3/auth/{stage}/fallback/web",
      Auth.NONE,
      RateClass.LOGIN),
  REFRESH("refresh", Method.POST, "/_matrix/client/v3/refresh", Auth.NONE, RateClass.REFRESH),
  GENERATE_LOGIN_TOKEN(
      "generateLoginToken",
      Method.POST,
      "/_matrix/client/v1/login/get_token",
      Auth.USER,
      RateClass.LOGIN),
  GET_DEVICES("getDevices", Method.GET, "/_matrix/client/v3/devices", Auth.USER, RateClass.NONE),
  GET_DEVICE(
      "getDevice", Method.GET, "/_matrix/client/v3/devices/{deviceId}", Auth.USER, RateClass.NONE),
  UPDATE_DEVICE(
      "updateDevice",
      Method.PUT,
      "/_matrix/client/v3/devices/{deviceId}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_DEVICE(
      "deleteDevice",
      Method.DELETE,
      "/_matrix/client/v3/devices/{deviceId}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_DEVICES(
      "deleteDevices",
      Method.POST,
      "/_matrix/client/v3/delete_devices",
      Auth.USER,
      RateClass.WRITE),
  REQUEST_OPEN_ID_TOKEN(
      "requestOpenIdToken",
      Method.POST,
      "/_matrix/client/v3/user/{userId}/openid/request_token",
      Auth.USER,
      RateClass.WRITE),
  EXCHANGE_OPEN_ID_TOKEN(
      "exchangeOpenIdToken",
      Method.GET,
      "/_matrix/federation/v1/openid/userinfo",
      Api.FEDERATION,
      Auth.NONE,
      RateClass.NONE),
  GET_TURN_SERVER(
      "getTurnServer", Method.GET, "/_matrix/client/v3/voip/turnServer", Auth.USER, RateClass.NONE),

  // Dehydrated devices, MSC3814.
  PUT_DEHYDRATED_DEVICE(
      "putDehydratedDevice",
      Method.PUT,
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device",
      Auth.USER,
      RateClass.WRITE),
  GET_DEHYDRATED_DEVICE(
      "getDehydratedDevice",
      Method.GET,
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device",
      Auth.USER,
      RateClass.NONE),
  DELETE_DEHYDRATED_DEVICE(
      "deleteDehydratedDevice",
      Method.DELETE,
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device",
      Auth.USER,
      RateClass.WRITE),
  GET_DEHYDRATED_DEVICE_EVENTS(
      "getDehydratedDeviceEvents",
      Method.POST,
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device/{deviceId}/events",
      Auth.USER,
      RateClass.NONE),

  // Backups of room keys.
  POST_ROOM_KEYS_VERSION(
      "postRoomKeysVersion",
      Method.POST,
      "/_matrix/client/v3/room_keys/version",
      Auth.USER,
      RateClass.WRITE),
  GET_ROOM_KEYS_VERSION_CURRENT(
      "getRoomKeysVersionCurrent",
      Method.GET,
      "/_matrix/client/v3/room_keys/version",
      Auth.USER,
      RateClass.NONE),
  GET_ROOM_KEYS_VERSION(
      "getRoomKeysVersion",
      Method.GET,
      "/_matrix/client/v3/room_keys/version/{version}",
      Auth.USER,
      RateClass.NONE),
  PUT_ROOM_KEYS_VERSION(
      "putRoomKeysVersion",
      Method.PUT,
      "/_matrix/client/v3/room_keys/version/{version}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_ROOM_KEYS_VERSION(
      "deleteRoomKeysVersion",
      Method.DELETE,
      "/_matrix/client/v3/room_keys/version/{version}",
      Auth.USER,
      RateClass.WRITE),
  GET_ROOM_KEYS(
      "getRoomKeys", Method.GET, "/_matrix/client/v3/room_keys/keys", Auth.USER, RateClass.NONE),
  PUT_ROOM_KEYS(
      "putRoomKeys", Method.PUT, "/_matrix/client/v3/room_keys/keys", Auth.USER, RateClass.WRITE),
  DELETE_ROOM_KEYS(
      "deleteRoomKeys",
      Method.DELETE,
      "/_matrix/client/v3/room_keys/keys",
      Auth.USER,
      RateClass.WRITE),
  GET_ROOM_KEYS_BY_ROOM_ID(
      "getRoomKeysByRoomId",
      Method.GET,
      "/_matrix/client/v3/room_keys/keys/{roomId}",
      Auth.USER,
      RateClass.NONE),
  PUT_ROOM_KEYS_BY_ROOM_ID(
      "putRoomKeysByRoomId",
      Method.PUT,
      "/_matrix/client/v3/room_keys/keys/{roomId}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_ROOM_KEYS_BY_ROOM_ID(
      "deleteRoomKeysByRoomId",
      Method.DELETE,
      "/_matrix/client/v3/room_keys/keys/{roomId}",
      Auth.USER,
      RateClass.WRITE),
  GET_ROOM_KEY_BY_SESSION_ID(
      "getRoomKeyBySessionId",
      Method.GET,
      "/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}",
      Auth.USER,
      RateClass.NONE),
  PUT_ROOM_KEY_BY_SESSION_ID(
      "putRoomKeyBySessionId",
      Method.PUT,
      "/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_ROOM_KEY_BY_SESSION_ID(
      "deleteRoomKeyBySessionId",
      Method.DELETE,
      "/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}",
      Auth.USER,
      RateClass.WRITE),

  // Rooms.
  CREATE_ROOM(
      "createRoom", Method.POST, "/_matrix/client/v3/createRoom", Auth.USER, RateClass.CREATE_ROOM),
  JOIN_ROOM(
      "joinRoom",
      Method.POST,
      "/_matrix/client/v3/join/{roomIdOrAlias}",
      Auth.USER,
      RateClass.JOIN),
  JOIN_ROOM_BY_ID(
      "joinRoomById",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/join",
      Auth.USER,
      RateClass.JOIN),
  KNOCK_ROOM(
      "knockRoom",
      Method.POST,
      "/_matrix/client/v3/knock/{roomIdOrAlias}",
      Auth.USER,
      RateClass.JOIN),
  INVITE_USER(
      "inviteUser",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/invite",
      Auth.USER,
      RateClass.INVITE),
  LEAVE_ROOM(
      "leaveRoom",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/leave",
      Auth.USER,
      RateClass.WRITE),
  KICK("kick", Method.POST, "/_matrix/client/v3/rooms/{roomId}/kick", Auth.USER, RateClass.WRITE),
  BAN("ban", Method.POST, "/_matrix/client/v3/rooms/{roomId}/ban", Auth.USER, RateClass.WRITE),
  UNBAN(
      "unban", Method.POST, "/_matrix/client/v3/rooms/{roomId}/unban", Auth.USER, RateClass.WRITE),
  FORGET_ROOM(
      "forgetRoom",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/forget",
      Auth.USER,
      RateClass.WRITE),
  GET_JOINED_ROOMS(
      "getJoinedRooms", Method.GET, "/_matrix/client/v3/joined_rooms", Auth.USER, RateClass.NONE),
  UPGRADE_ROOM(
      "upgradeRoom",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/upgrade",
      Auth.USER,
      RateClass.CREATE_ROOM),

  // Reports.
  REPORT_EVENT(
      "reportEvent",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/report/{eventId}",
      Auth.USER,
      RateClass.WRITE),
  REPORT_ROOM(
      "reportRoom",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/report",
      Auth.USER,
      RateClass.WRITE),
  REPORT_USER(
      "reportUser",
      Method.POST,
      "/_matrix/client/v3/users/{userId}/report",
      Auth.USER,
      RateClass.WRITE),

  // Events.
  SEND_MESSAGE(
      "sendMessage",
      Method.PUT,
      "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}",
      Auth.USER,
      RateClass.MESSAGE),
  REDACT_EVENT(
      "redactEvent",
      Method.PUT,
      "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
      Auth.USER,
      RateClass.MESSAGE),
  SET_ROOM_STATE_WITH_KEY(
      "setRoomStateWithKey",
      Method.PUT,
      "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
      Auth.USER,
      RateClass.MESSAGE),
  GET_ROOM_STATE_WITH_KEY(
      "getRoomStateWithKey",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
      Auth.USER,
      RateClass.NONE),
  GET_ROOM_STATE(
      "getRoomState",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/state",
      Auth.USER,
      RateClass.NONE),
  GET_MEMBERS_BY_ROOM(
      "getMembersByRoom",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/members",
      Auth.USER,
      RateClass.NONE),
  GET_JOINED_MEMBERS_BY_ROOM(
      "getJoinedMembersByRoom",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/joined_members",
      Auth.USER,
      RateClass.NONE),
  GET_ONE_ROOM_EVENT(
      "getOneRoomEvent",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/event/{eventId}",
      Auth.USER,
      RateClass.NONE),
  GET_ROOM_EVENTS(
      "getRoomEvents",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/messages",
      Auth.USER,
      RateClass.NONE),
  GET_EVENT_CONTEXT(
      "getEventContext",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/context/{eventId}",
      Auth.USER,
      RateClass.NONE),
  GET_EVENT_BY_TIMESTAMP(
      "getEventByTimestamp",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/timestamp_to_event",
      Auth.USER,
      RateClass.NONE),
  GET_RELATING_EVENTS(
      "getRelatingEvents",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}",
      Auth.USER,
      RateClass.NONE),
  GET_RELATING_EVENTS_WITH_REL_TYPE(
      "getRelatingEventsWithRelType",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}",
      Auth.USER,
      RateClass.NONE),
  GET_RELATING_EVENTS_WITH_REL_TYPE_AND_EVENT_TYPE(
      "getRelatingEventsWithRelTypeAndEventType",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}",
      Auth.USER,
      RateClass.NONE),
  GET_THREAD_ROOTS(
      "getThreadRoots",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/threads",
      Auth.USER,
      RateClass.NONE),
  SEARCH("search", Method.POST, "/_matrix/client/v3/search", Auth.USER, RateClass.WRITE),
  PEEK_EVENTS("peekEvents", Method.GET, "/_matrix/client/v3/events", Auth.USER, RateClass.NONE),
  GET_ONE_EVENT(
      "getOneEvent", Method.GET, "/_matrix/client/v3/events/{eventId}", Auth.USER, RateClass.NONE),
  INITIAL_SYNC(
      "initialSync", Method.GET, "/_matrix/client/v3/initialSync", Auth.USER, RateClass.NONE),
  ROOM_INITIAL_SYNC(
      "roomInitialSync",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/initialSync",
      Auth.USER,
      RateClass.NONE),

  // Syncing.
  SYNC("sync", Method.GET, "/_matrix/client/v3/sync", Auth.USER, RateClass.NONE),
  SLIDING_SYNC(
      "slidingSync",
      Method.POST,
      "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync",
      Auth.USER,
      RateClass.NONE),
  DEFINE_FILTER(
      "defineFilter",
      Method.POST,
      "/_matrix/client/v3/user/{userId}/filter",
      Auth.USER,
      RateClass.WRITE),
  GET_FILTER(
      "getFilter",
      Method.GET,
      "/_matrix/client/v3/user/{userId}/filter/{filterId}",
      Auth.USER,
      RateClass.NONE),

  // Users.
  GET_USER_PROFILE(
      "getUserProfile",
      Method.GET,
      "/_matrix/client/v3/profile/{userId}",
      Auth.NONE,
      RateClass.NONE),
  GET_PROFILE_FIELD(
      "getProfileField",
      Method.GET,
      "/_matrix/client/v3/profile/{userId}/{keyName}",
      Auth.NONE,
      RateClass.NONE),
  SET_PROFILE_FIELD(
      "setProfileField",
      Method.PUT,
      "/_matrix/client/v3/profile/{userId}/{keyName}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_PROFILE_FIELD(
      "deleteProfileField",
      Method.DELETE,
      "/_matrix/client/v3/profile/{userId}/{keyName}",
      Auth.USER,
      RateClass.WRITE),
  SET_ACCOUNT_DATA(
      "setAccountData",
      Method.PUT,
      "/_matrix/client/v3/user/{userId}/account_data/{type}",
      Auth.USER,
      RateClass.WRITE),
  GET_ACCOUNT_DATA(
      "getAccountData",
      Method.GET,
      "/_matrix/client/v3/user/{userId}/account_data/{type}",
      Auth.USER,
      RateClass.NONE),
  SET_ACCOUNT_DATA_PER_ROOM(
      "setAccountDataPerRoom",
      Method.PUT,
      "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
      Auth.USER,
      RateClass.WRITE),
  GET_ACCOUNT_DATA_PER_ROOM(
      "getAccountDataPerRoom",
      Method.GET,
      "/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}",
      Auth.USER,
      RateClass.NONE),
  GET_ROOM_TAGS(
      "getRoomTags",
      Method.GET,
      "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags",
      Auth.USER,
      RateClass.NONE),
  SET_ROOM_TAG(
      "setRoomTag",
      Method.PUT,
      "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_ROOM_TAG(
      "deleteRoomTag",
      Method.DELETE,
      "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
      Auth.USER,
      RateClass.WRITE),

  // Push rules.
  GET_PUSH_RULES(
      "getPushRules", Method.GET, "/_matrix/client/v3/pushrules/", Auth.USER, RateClass.NONE),
  GET_PUSH_RULES_GLOBAL(
      "getPushRulesGlobal",
      Method.GET,
      "/_matrix/client/v3/pushrules/global/",
      Auth.USER,
      RateClass.NONE),
  GET_PUSH_RULE(
      "getPushRule",
      Method.GET,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
      Auth.USER,
      RateClass.NONE),
  SET_PUSH_RULE(
      "setPushRule",
      Method.PUT,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
      Auth.USER,
      RateClass.WRITE),
  DELETE_PUSH_RULE(
      "deletePushRule",
      Method.DELETE,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
      Auth.USER,
      RateClass.WRITE),
  IS_PUSH_RULE_ENABLED(
      "isPushRuleEnabled",
      Method.GET,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled",
      Auth.USER,
      RateClass.NONE),
  SET_PUSH_RULE_ENABLED(
      "setPushRuleEnabled",
      Method.PUT,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled",
      Auth.USER,
      RateClass.WRITE),
  GET_PUSH_RULE_ACTIONS(
      "getPushRuleActions",
      Method.GET,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions",
      Auth.USER,
      RateClass.NONE),
  SET_PUSH_RULE_ACTIONS(
      "setPushRuleActions",
      Method.PUT,
      "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions",
      Auth.USER,
      RateClass.WRITE),

  GET_NOTIFICATIONS(
      "getNotifications",
      Method.GET,
      "/_matrix/client/v3/notifications",
      Auth.USER,
      RateClass.NONE),

  // Presence.
  GET_PRESENCE(
      "getPresence",
      Method.GET,
      "/_matrix/client/v3/presence/{userId}/status",
      Auth.USER,
      RateClass.NONE),
  SET_PRESENCE(
      "setPresence",
      Method.PUT,
      "/_matrix/client/v3/presence/{userId}/status",
      Auth.USER,
      RateClass.WRITE),

  // Typing, receipts, read markers.
  GET_KEYS_CHANGES(
      "getKeysChanges", Method.GET, "/_matrix/client/v3/keys/changes", Auth.USER, RateClass.NONE),
  SEND_TO_DEVICE(
      "sendToDevice",
      Method.PUT,
      "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}",
      Auth.USER,
      RateClass.MESSAGE),
  SET_TYPING(
      "setTyping",
      Method.PUT,
      "/_matrix/client/v3/rooms/{roomId}/typing/{userId}",
      Auth.USER,
      RateClass.WRITE),
  POST_RECEIPT(
      "postReceipt",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}",
      Auth.USER,
      RateClass.WRITE),
  SET_READ_MARKER(
      "setReadMarker",
      Method.POST,
      "/_matrix/client/v3/rooms/{roomId}/read_markers",
      Auth.USER,
      RateClass.WRITE),

  // Room directory.
  SET_ROOM_ALIAS(
      "setRoomAlias",
      Method.PUT,
      "/_matrix/client/v3/directory/room/{roomAlias}",
      Auth.USER,
      RateClass.WRITE),
  GET_ROOM_ID_BY_ALIAS(
      "getRoomIdByAlias",
      Method.GET,
      "/_matrix/client/v3/directory/room/{roomAlias}",
      Auth.NONE,
      RateClass.NONE),
  DELETE_ROOM_ALIAS(
      "deleteRoomAlias",
      Method.DELETE,
      "/_matrix/client/v3/directory/room/{roomAlias}",
      Auth.USER,
      RateClass.WRITE),
  GET_LOCAL_ALIASES(
      "getLocalAliases",
      Method.GET,
      "/_matrix/client/v3/rooms/{roomId}/aliases",
      Auth.USER,
      RateClass.NONE),
  GET_ROOM_VISIBILITY_ON_DIRECTORY(
      "getRoomVisibilityOnDirectory",
      Method.GET,
      "/_matrix/client/v3/directory/list/room/{roomId}",
      Auth.NONE,
      RateClass.NONE),
  SET_ROOM_VISIBILITY_ON_DIRECTORY(
      "setRoomVisibilityOnDirectory",
      Method.PUT,
      "/_matrix/client/v3/directory/list/room/{roomId}",
      Auth.USER,
      RateClass.WRITE),
  GET_PUBLIC_ROOMS(
      "getPublicRooms", Method.GET, "/_matrix/client/v3/publicRooms", Auth.NONE, RateClass.NONE),
  QUERY_PUBLIC_ROOMS(
      "queryPublicRooms", Method.POST, "/_matrix/client/v3/publicRooms", Auth.USER, RateClass.NONE),
  GET_ROOM_SUMMARY(
      "getRoomSummary",
      Method.GET,
      "/_matrix/client/v1/room_summary/{roomIdOrAlias}",
      Auth.OPTIONAL,
      RateClass.NONE),
  GET_SPACE_HIERARCHY(
      "getSpaceHierarchy",
      Method.GET,
      "/_matrix/client/v1/rooms/{roomId}/hierarchy",
      Auth.USER,
      RateClass.NONE),

  // Users that can be found.
  SEARCH_USER_DIRECTORY(
      "searchUserDirectory",
      Method.POST,
      "/_matrix/client/v3/user_directory/search",
      Auth.USER,
      RateClass.NONE),
  GET_MUTUAL_ROOMS(
      "getMutualRooms", Method.GET, "/_matrix/client/v1/mutual_rooms", Auth.USER, RateClass.NONE),

  // The public keys of end-to-end encryption.
  UPLOAD_KEYS(
      "uploadKeys", Method.POST, "/_matrix/client/v3/keys/upload", Auth.USER, RateClass.WRITE),
  QUERY_KEYS("queryKeys", Method.POST, "/_matrix/client/v3/keys/query", Auth.USER, RateClass.NONE),
  UPLOAD_CROSS_SIGNING_KEYS(
      "uploadCrossSigningKeys",
      Method.POST,
      "/_matrix/client/v3/keys/device_signing/upload",
      Auth.USER,
      RateClass.WRITE),
  UPLOAD_CROSS_SIGNING_SIGNATURES(
      "uploadCrossSigningSignatures",
      Method.POST,
      "/_matrix/client/v3/keys/signatures/upload",
      Auth.USER,
      RateClass.WRITE),
  CLAIM_KEYS("claimKeys", Method.POST, "/_matrix/client/v3/keys/claim", Auth.USER, RateClass.WRITE),

  // Other networks.
  GET_PROTOCOLS(
      "getProtocols",
      Method.GET,
      "/_matrix/client/v3/thirdparty/protocols",
      Auth.USER,
      RateClass.NONE),
  GET_PROTOCOL_METADATA(
      "getProtocolMetadata",
      Method.GET,
      "/_matrix/client/v3/thirdparty/protocol/{protocol}",
      Auth.USER,
      RateClass.NONE),
  QUERY_LOCATION_BY_PROTOCOL(
      "queryLocationByProtocol",
      Method.GET,
      "/_matrix/client/v3/thirdparty/location/{protocol}",
      Auth.USER,
      RateClass.NONE),
  QUERY_USER_BY_PROTOCOL(
      "queryUserByProtocol",
      Method.GET,
      "/_matrix/client/v3/thirdparty/user/{protocol}",
      Auth.USER,
      RateClass.NONE),
  QUERY_LOCATION_BY_ALIAS(
      "queryLocationByAlias",
      Method.GET,
      "/_matrix/client/v3/thirdparty/location",
      Auth.USER,
      RateClass.NONE),
  QUERY_USER_BY_ID(
      "queryUserByID", Method.GET, "/_matrix/client/v3/thirdparty/user", Auth.USER, RateClass.NONE),

  // Administration, by the conventions that existing tools follow.
  GET_REGISTRATION_NONCE(
      "getRegistrationNonce",
      Method.GET,
      "/_synapse/admin/v1/register",
      Api.ADMIN,
      Auth.NONE,
      RateClass.REGISTRATION_QUERY),
  REGISTER_WITH_SHARED_SECRET(
      "registerWithSharedSecret",
      Method.POST,
      "/_synapse/admin/v1/register",
      Api.ADMIN,
      Auth.NONE,
      RateClass.REGISTRATION);

  private final String operationId;
  private final Method method;
  private final String path;
  private final Api api;
  private final Auth auth;
  private final RateClass rateClass;

  Endpoint(String operationId, Method method, String path, Auth auth, RateClass rateClass) {
    this(operationId, method, path, Api.CLIENT, auth, rateClass);
  }

  Endpoint(
      String operationId, Method method, String path, Api api, Auth auth, RateClass rateClass) {
    this.operationId = operationId;
    this.method = method;
    this.path = path;
    this.api = api;
    this.auth = auth;
    this.rateClass = rateClass;
  }

  /** The operation's name in the OpenAPI documents. */
  public String operationId() {
    return operationId;
  }

  public Method method() {
    return method;
  }

  /** The path template, with parameters in braces, as the specification writes it. */
  public String path() {
    return path;
  }

  /** The part of the API that the operation belongs to. */
  public Api api() {
    return api;
  }

  /** Who may call it. */
  public Auth auth() {
    return auth;
  }

  /** Which allowance a call is taken from. */
  public RateClass rateClass() {
    return rateClass;
  }

  /**
   * Whether the operation is an addition rather than one of the specification's lists; the pages of
   * user-interactive authentication are in its text only.
   */
  public boolean extension() {
    return path.startsWith("/_matrix/client/unstable/")
        || path.endsWith("/fallback/web")
        || (api == Api.ADMIN && path.startsWith("/_synapse/"));
  }
}
