/** What a run says at its end: a table, JSON, and an HTML page with plots. */
@NullMarked
@CheckReturnValue
package dev.stele.load.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
