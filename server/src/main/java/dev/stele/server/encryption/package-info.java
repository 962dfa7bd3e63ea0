/**
 * The public keys of end-to-end encryption: published, asked for, handed out and signed. The server
 * verifies every signature that it stores, and sees no secret.
 *
 * <p>Start at {@link dev.stele.server.encryption.KeyUploads}. Client-server API, "End-to-End
 * Encryption".
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.encryption;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
