/**
 * The graph that a room's events form: its order, its ends, its gaps, and the state at every event.
 *
 * <p>Start at {@link dev.stele.stateres.dag.EventDag} and {@link
 * dev.stele.stateres.dag.StateHistory}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.dag;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
