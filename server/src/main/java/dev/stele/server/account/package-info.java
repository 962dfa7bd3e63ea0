/**
 * Accounts: how they are made, who may log in, and what users keep on the server.
 *
 * <p>{@link dev.stele.server.account.AccountCreation} makes accounts, {@link
 * dev.stele.server.account.PasswordLogin} and {@link dev.stele.server.account.DeviceSessions} open
 * and close devices, {@link dev.stele.server.account.TokenOwners} knows access tokens. Nothing here
 * knows HTTP; refusals are values that carry a {@link dev.stele.api.MatrixError}.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
