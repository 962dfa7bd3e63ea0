package dev.stele.api;

/** The limits of the contract. Sizes are in bytes and times in milliseconds. */
public final class Limits {
  /** The largest JSON request body that is read. */
  public static final int MAX_BODY_BYTES = 2 * 1024 * 1024;

  /** The largest event, in canonical JSON with signatures. Client-server API, "Size limits". */
  public static final int MAX_EVENT_BYTES = 65_536;

  /** The longest user id, room id, alias, event id, event type and state key, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = 255;

  /** How deeply arrays and objects of a request body may nest. */
  public static final int MAX_JSON_DEPTH = 100;

  /** Events per page of a room's history when the client does not say. */
  public static final int DEFAULT_PAGE = 10;

  /** The most events per page of a room's history. */
  public static final int MAX_PAGE = 1_000;

  /** Events of a room's timeline in a sync answer when the filter does not say. */
  public static final int DEFAULT_SYNC_TIMELINE = 10;

  /** The most events of a room's timeline in a sync answer. */
  public static final int MAX_SYNC_TIMELINE = 1_000;

  /** The longest that a sync request waits, whatever its {@code timeout} says. */
  public static final long MAX_SYNC_WAIT_MILLIS = 180_000;

  /** The longest password. */
  public static final int MAX_PASSWORD_CHARS = 512;

  /** The longest name that a client gives to its device. */
  public static final int MAX_DEVICE_NAME_CHARS = 100;

  /** The backups of room keys that a user may have at a time. */
  public static final int MAX_BACKUPS = 100;

  /** The most keys in a backup. */
  public static final int MAX_BACKUP_KEYS = 200_000;

  /** The longest {@code auth_data} of a backup, as JSON text. */
  public static final int MAX_BACKUP_AUTH_CHARS = 65_536;

  /** The longest {@code device_data} of a dehydrated device, as JSON text. */
  public static final int MAX_DEHYDRATED_DEVICE_CHARS = 262_144;

  /** The largest whole profile. Client-server API, "Profiles". */
  public static final int MAX_PROFILE_BYTES = 65_536;

  /** The largest tags of a user on one room, all together. */
  public static final int MAX_TAGS_BYTES = 65_536;

  /** The longest name of a profile field, in bytes. */
  public static final int MAX_PROFILE_KEY_BYTES = 255;

  /** Rooms per page of the room directory when the client does not say. */
  public static final int DEFAULT_PUBLIC_ROOMS = 50;

  /** The most rooms per page of the room directory. */
  public static final int MAX_PUBLIC_ROOMS = 100;

  /** The most rooms per page of a space, and how many there are when the client does not say. */
  public static final int MAX_SPACE_ROOMS = 50;

  /** How many levels of spaces below the first one are looked into at most. */
  public static final int MAX_SPACE_DEPTH = 20;

  /** Users that a search of the user directory finds when the client does not say. */
  public static final int DEFAULT_USERS = 10;

  /** The most users that a search of the user directory finds. */
  public static final int MAX_USERS = 50;

  /** The most one-time keys that a device has on the server, and that it uploads at once. */
  public static final int MAX_ONE_TIME_KEYS = 1_000;

  /** The most fallback keys that a device has: one for each algorithm. */
  public static final int MAX_FALLBACK_KEYS = 10;

  /** The most one-time keys that are claimed at once. */
  public static final int MAX_CLAIMED_KEYS = 10_000;

  /** The most keys that are signed at once. */
  public static final int MAX_SIGNED_KEYS = 1_000;

  /** The longest one-time or fallback key, in characters of JSON. */
  public static final int MAX_ONE_TIME_KEY_CHARS = 8_192;

  /** The longest identity keys of a device, or cross-signing key, in characters of JSON. */
  public static final int MAX_DEVICE_KEYS_CHARS = 32_768;

  /** The most rooms per answer of those that two users share. */
  public static final int MAX_MUTUAL_ROOMS = 100;

  /** The largest content of a message to a device. */
  public static final int MAX_TO_DEVICE_BYTES = 65_536;

  /** The most devices that one request sends messages to. */
  public static final int MAX_TO_DEVICE_MESSAGES = 10_000;

  /** The most messages that one answer brings a device. */
  public static final int MAX_SYNC_TO_DEVICE = 100;

  private Limits() {}
}
