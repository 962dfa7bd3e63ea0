/**
 * The command line: what {@code stele serve} and its sisters take, print and return.
 *
 * <p>Start at {@link dev.stele.server.cli.CommandLineInterface}. The commands know settings,
 * signals, the terminal and exit statuses; what they do is behind {@link
 * dev.stele.server.cli.Operations}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
