/**
 * Texts as words, for searching: {@link dev.stele.server.text.Words} takes them apart, the same way
 * when they are stored and when they are looked for.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
