/**
 * The authorisation rules of every room version, with a typed reason for each refusal.
 *
 * <p>Start at {@link dev.stele.stateres.auth.AuthRules}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
