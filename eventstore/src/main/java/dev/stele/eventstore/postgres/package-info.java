/**
 * The log over PostgreSQL. Start at {@link dev.stele.eventstore.postgres.PostgresEventLog}. The
 * database does the deciding: {@code db/functions/append.sql} is the heart of it.
 */
@NullMarked
@CheckReturnValue
package dev.stele.eventstore.postgres;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
