/**
 * The log: every fact that must survive is appended here once, in one total order.
 *
 * <p>Start at {@link dev.stele.eventstore.EventLog}. This package knows records, streams and
 * positions; it does not know rooms or HTTP. Its one implementation lives in {@code .postgres}, and
 * {@code .embedded} supervises a private PostgreSQL for those who bring none.
 */
@NullMarked
@CheckReturnValue
package dev.stele.eventstore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
