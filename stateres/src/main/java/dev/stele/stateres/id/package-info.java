/**
 * Matrix identifiers and their grammar: users, rooms, events, aliases and server names.
 *
 * <p>Every type is a record made only by its {@code parse}, so that holding one is proof that it is
 * well formed.
 */
@NullMarked
@CheckReturnValue
package dev.stele.stateres.id;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
