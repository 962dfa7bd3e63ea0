/**
 * A load generator for Matrix homeservers, which knows nothing but the public client-server API.
 *
 * <p>Start at {@link dev.stele.load.Main}; a measurement is a {@code Run}. Users are driven on
 * event loops, each on one loop for its whole life; what they measure meets in {@code Meter} and
 * {@code RoomLedger}, which are thread-safe.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
