/**
 * The command {@code java -jar stateres.jar}: the library for people and scripts. All its input and
 * output is here; nothing of the library needs it.
 *
 * <p>Start at {@link dev.stele.stateres.cli.Main}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
