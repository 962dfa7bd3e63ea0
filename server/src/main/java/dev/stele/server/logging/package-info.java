/** What is logged with parts of its own, for formats that keep them apart. */
@NullMarked
@CheckReturnValue
package dev.stele.server.logging;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
