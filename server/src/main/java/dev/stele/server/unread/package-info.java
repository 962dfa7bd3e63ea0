/**
 * What users have not read yet: how many notifications each of their rooms has, and which those
 * are. Client-server API, "Receiving notifications", "Listing Notifications".
 *
 * <p>Nothing of it is stored. {@link dev.stele.server.unread.UnreadCounts} keeps the counts that
 * are asked for in memory and goes on from them with the newest records; what it does not have is
 * worked out from the user's receipts and the events since.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.unread;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
