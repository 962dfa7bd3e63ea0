/**
 * State resolution and the immutable state map that it works on.
 *
 * <p>Start at {@link dev.stele.stateres.resolve.StateResolver} and {@link
 * dev.stele.stateres.resolve.StateMap}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.resolve;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
