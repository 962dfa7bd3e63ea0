/**
 * What the records of the log say, as types.
 *
 * <p>Start at {@link dev.stele.server.record.Fact}; {@link dev.stele.server.record.RecordLog}
 * appends and follows facts. A new kind of fact is a record here, named in {@link
 * dev.stele.server.record.FactCodec}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.record;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
