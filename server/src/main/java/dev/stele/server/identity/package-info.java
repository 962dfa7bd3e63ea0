/** What identity servers are asked. Identity Service API. */
@NullMarked
@CheckReturnValue
package dev.stele.server.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
