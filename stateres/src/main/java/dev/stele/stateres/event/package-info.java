/**
 * Events (PDUs): parsing, building, redaction and hashes.
 *
 * <p>Start at {@link dev.stele.stateres.event.Pdu} and {@link dev.stele.stateres.event.PduBuilder}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.event;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
