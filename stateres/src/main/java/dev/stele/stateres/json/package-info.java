/**
 * JSON as the room rules need it: a parser that refuses what JSON libraries let pass, and Canonical
 * JSON.
 *
 * <p>Start at {@link dev.stele.stateres.json.StrictJson} and {@link
 * dev.stele.stateres.json.CanonicalJson}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
