/**
 * Push rules: which there are, how users change them, and what they say of an event. Client-server
 * API, "Push Rules". Pure: nothing here reads or writes anything.
 *
 * <p>Start at {@link dev.stele.server.push.RuleSet}, a user's rules, and {@link
 * dev.stele.server.push.CompiledRules}, which tries them on events.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.push;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
