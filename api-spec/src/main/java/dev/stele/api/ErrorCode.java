package dev.stele.api;

/**
 * The error codes of the Matrix specification v1.19, each with the HTTP status that it usually
 * comes with. An operation that specifies another one says so with {@link MatrixError#withStatus}.
 */
public enum ErrorCode {
  // Client-server API, "Common error codes".
  BAD_JSON(400),
  FORBIDDEN(403),
  LIMIT_EXCEEDED(429),
  MISSING_TOKEN(401),
  NOT_FOUND(404),
  NOT_JSON(400),
  RESOURCE_LIMIT_EXCEEDED(403),
  UNKNOWN(500),
  UNKNOWN_DEVICE(400),
  UNKNOWN_TOKEN(401),
  UNRECOGNIZED(404),
  USER_LIMIT_EXCEEDED(403),
  USER_LOCKED(401),
  USER_SUSPENDED(403),

  // Client-server API, "Other error codes".
  BAD_STATE(403),
  CANNOT_LEAVE_SERVER_NOTICE_ROOM(403),
  CAPTCHA_INVALID(401),
  CAPTCHA_NEEDED(401),
  EXCLUSIVE(400),
  GUEST_ACCESS_FORBIDDEN(403),
  INCOMPATIBLE_ROOM_VERSION(400),
  INVALID_PARAM(400),
  INVALID_ROOM_STATE(400),
  INVALID_USERNAME(400),
  MISSING_PARAM(400),
  ROOM_IN_USE(400),
  SERVER_NOT_TRUSTED(400),
  THREEPID_AUTH_FAILED(401),
  THREEPID_DENIED(403),
  THREEPID_IN_USE(400),
  THREEPID_MEDIUM_NOT_SUPPORTED(400),
  THREEPID_NOT_FOUND(400),
  TOO_LARGE(413),
  UNAUTHORIZED(401),
  UNSUPPORTED_ROOM_VERSION(400),
  USER_DEACTIVATED(403),
  USER_IN_USE(400),

  // Codes that single operations define.
  APPSERVICE_LOGIN_UNSUPPORTED(400),
  BAD_ALIAS(400),
  BAD_STATUS(502),
  CANNOT_OVERWRITE_MEDIA(409),
  CONNECTION_FAILED(502),
  CONNECTION_TIMEOUT(504),
  DUPLICATE_ANNOTATION(400),
  INVALID_SIGNATURE(400),
  INVITE_BLOCKED(403),
  KEY_TOO_LARGE(400),
  NOT_YET_UPLOADED(504),
  PROFILE_TOO_LARGE(400),
  SESSION_EXPIRED(400),
  SESSION_NOT_VALIDATED(400),
  TERMS_NOT_SIGNED(403),
  TOKEN_INCORRECT(400),
  UNABLE_TO_AUTHORISE_JOIN(400),
  UNABLE_TO_GRANT_JOIN(400),
  URL_NOT_SET(400),
  WEAK_PASSWORD(400),
  WRONG_ROOM_KEYS_VERSION(403),

  // MSC4186, simplified sliding sync.
  UNKNOWN_POS(400);

  private final String wire = "M_" + name();
  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /** The value of {@code errcode}, such as {@code M_FORBIDDEN}. */
  public String wire() {
    return wire;
  }

  /** The usual HTTP status. */
  public int status() {
    return status;
  }

  @Override
  public String toString() {
    return wire;
  }
}
