/**
 * Backups of room keys: which users may keep on the server, encrypted, what their devices need to
 * read old messages.
 *
 * <p>{@link dev.stele.server.backup.KeyBackups} decides; {@link dev.stele.server.backup.BackupText}
 * writes whole backups. Nothing here knows HTTP; refusals are values that carry a {@link
 * dev.stele.api.MatrixError}. Client-server API, "Server-side key backups".
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.backup;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
