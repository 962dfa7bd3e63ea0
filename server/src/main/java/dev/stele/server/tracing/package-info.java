/**
 * Traces of requests for OpenTelemetry, by Vert.x's own module. Where they are off, nothing of this
 * is loaded. An application that embeds Stele gives its own {@code TracingOptions} to its Vert.x.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.tracing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
