/**
 * Folds over the log that are kept as tables, and the questions that can be asked of them.
 *
 * <p>A {@link dev.stele.server.projection.Projection} is the fold; a {@link
 * dev.stele.server.projection.Projector} runs it behind the log. Both the live path and a rebuild
 * go through the same fold. Questions wait until the projection has reached what was committed when
 * they were asked, so whoever was told that a write succeeded will read it.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.projection;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
