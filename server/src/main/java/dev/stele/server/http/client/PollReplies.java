package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.http.BadRequest;
import dev.stele.server.sync.Polled;
import io.vertx.core.buffer.Buffer;

/** How polls end. */
final class PollReplies {
  private PollReplies() {}

  /** The answer of a poll, or the rest of it; an exception if its access token became void. */
  static Buffer of(Polled polled) {
    if (polled instanceof Polled.Answered answered) {
      return answered.rest();
    }
    throw over(((Polled.Ended) polled).replaced());
  }

  /**
   * The refusal of a request whose access token became void while it waited. Client-server API,
   * "Soft logout".
   *
   * @param replaced whether the device has another token, rather than being logged out
   */
  static BadRequest over(boolean replaced) {
    return new BadRequest(
        replaced
            ? MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "The access token was replaced meanwhile")
                .withField("soft_logout", true)
            : MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "The device was logged out meanwhile"));
  }
}
