/**
 * A private PostgreSQL below a directory, unpacked, started and supervised by this process.
 *
 * <p>Start at {@link dev.stele.eventstore.embedded.EmbeddedPostgres}; tests that only want empty
 * databases start at {@link dev.stele.eventstore.embedded.FreshDatabases}. Everything that blocks
 * runs on worker threads; the package-private classes below the two are plain blocking code.
 */
@NullMarked
@CheckReturnValue
package dev.stele.eventstore.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
