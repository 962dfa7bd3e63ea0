package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.event.PduResult;

/** What a client is told when what it asked for cannot be an event. */
public final class MalformedEvent {
  private MalformedEvent() {}

  public static MatrixError error(PduResult.Refused refused) {
    ErrorCode code =
        refused.reason() == PduResult.Reason.TOO_LARGE ? ErrorCode.TOO_LARGE : ErrorCode.BAD_JSON;
    return MatrixError.of(code, "This cannot be sent: " + refused.message());
  }
}
