/**
 * What is counted and timed: a {@link dev.stele.load.measure.Meter} has an {@link
 * dev.stele.load.measure.Operation} for each kind of request. Nothing here makes requests.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load.measure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
