/**
 * Ed25519 signatures over Canonical JSON and over events.
 *
 * <p>Start at {@link dev.stele.stateres.sign.SigningKey} and {@link
 * dev.stele.stateres.sign.JsonSignatures}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.sign;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
