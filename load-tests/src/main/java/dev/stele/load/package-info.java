/**
 * A load generator for Matrix homeservers, which knows nothing but the public client-server API.
 *
 * <p>Start at {@link dev.stele.load.Main}; a measurement is a {@link dev.stele.load.scenario.Run}.
 * Users are driven on event loops, each on one loop for its whole life; what they measure meets in
 * {@link dev.stele.load.measure.Meter} and {@link dev.stele.load.measure.RoomLedger}, which are
 * thread-safe.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
