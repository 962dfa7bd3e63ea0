/**
 * The settings: what an operator may say, where it may be said, and what it means.
 *
 * <p>Start at {@link dev.stele.server.settings.SettingsLoader}, which turns a YAML file, the
 * environment and flags into {@link dev.stele.server.settings.Settings}. Every setting is one line
 * of {@code SettingsTable}; loading, {@code stele config check} and the README are driven by it.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.settings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
