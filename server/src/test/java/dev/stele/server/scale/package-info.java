/**
 * Programs that show how the server does with much data: one writes logs of any size, the others
 * measure a server that runs on them. They are no tests; server/README.md says how they are run.
 */
@org.jspecify.annotations.NullMarked
package dev.stele.server.scale;
