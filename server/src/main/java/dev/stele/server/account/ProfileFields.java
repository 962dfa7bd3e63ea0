package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which fields a profile may have, and what may be in them. */
public final class ProfileFields {
  static final List<String> SEEN_IN_ROOMS = List.of("displayname", "avatar_url");

  private static final int MAX_DISPLAY_NAME_CHARS = 256;
  private static final int MAX_AVATAR_URL_CHARS = 1_000;

  /** The Common Namespaced Identifier Grammar, with a namespace. */
  private static final Pattern NAMESPACED = Pattern.compile("[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)+");

  private ProfileFields() {}

  /** What is wrong with a field's name, if anything. */
  public static Optional<MatrixError> complaint(String field) {
    if (field.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_PROFILE_KEY_BYTES) {
      return refuse(
          ErrorCode.KEY_TOO_LARGE,
          "A profile field's name has at most " + Limits.MAX_PROFILE_KEY_BYTES + " bytes");
    }
    return isSeenInRooms(field) || NAMESPACED.matcher(field).matches()
        ? Optional.empty()
        : refuse(ErrorCode.INVALID_PARAM, "Not a name of a profile field");
  }

  /** What is wrong with the value of a field whose name is good, if anything. */
  public static Optional<MatrixError> complaint(String field, JsonNode value) {
    return switch (field) {
      case "displayname" -> text(field, value, MAX_DISPLAY_NAME_CHARS);
      case "avatar_url" -> text(field, value, MAX_AVATAR_URL_CHARS);
      case "m.tz" -> text(field, value, Limits.MAX_PROFILE_KEY_BYTES);
      default -> value.isNull() ? refuse(ErrorCode.BAD_JSON, field + " is null") : Optional.empty();
    };
  }

  static boolean isSeenInRooms(String field) {
    return SEEN_IN_ROOMS.contains(field);
  }

  private static Optional<MatrixError> text(String field, JsonNode value, int maxChars) {
    if (!value.isTextual()) {
      return refuse(ErrorCode.BAD_JSON, field + " must be a string");
    }
    return value.textValue().length() > maxChars
        ? refuse(ErrorCode.INVALID_PARAM, field + " has at most " + maxChars + " characters")
        : Optional.empty();
  }

  private static Optional<MatrixError> refuse(ErrorCode code, String message) {
    return Optional.of(MatrixError.of(code, message));
  }
}
