package dev.stele.server.sync;

import io.vertx.core.buffer.Buffer;

/** What a poll could be answered with. */
interface Prepared {
  /** Whether there is nothing to tell. */
  boolean isEmpty();

  /** The answer. To be asked once, when it is sent. */
  Buffer encode();
}
