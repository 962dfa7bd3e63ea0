/**
 * What is done to a server. A {@link dev.stele.load.scenario.Scenario} prepares a {@link
 * dev.stele.load.scenario.Play}, which {@link dev.stele.load.scenario.Run} lets run and measures.
 */
@NullMarked
@CheckReturnValue
package dev.stele.load.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
