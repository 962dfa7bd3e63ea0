/**
 * The contract between Stele and its clients: routes, error codes and limits. No behaviour.
 *
 * <p>Start at {@link dev.stele.api.Endpoint}. The OpenAPI documents beside this package describe
 * the same routes for people and tools; a test keeps the two in agreement.
 */
@NullMarked
@CheckReturnValue
package dev.stele.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
