/**
 * The command line: one class for each command. Those that measure extend {@code ScenarioCommand}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load.command;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
