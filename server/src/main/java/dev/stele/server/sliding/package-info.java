/**
 * Simplified sliding sync (MSC4186), as far as it is what a client asks for and what it has been
 * sent: requests, lists and their filters, and connections. Reading rooms is {@code sync}'s, which
 * both kinds of sync share. Start at {@link dev.stele.server.sliding.SlidingRequest}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.sliding;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
