package dev.stele.stateres.fuzz;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Searches around valid events and rooms for some that break the rules' own promises. */
final class MutationPropertiesTest {

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void parse_changedEvent_isRefusedOrSound(@ForAll long seed) {
    FuzzTargets.parse(Mutations.event(seed));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void redact_changedEvent_isSound(@ForAll long seed) {
    FuzzTargets.redact(Mutations.event(seed));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void auth_changedRoom_isDecided(@ForAll long seed) {
    FuzzTargets.auth(Mutations.room(seed));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void resolve_changedRoom_isResolvedTheSameInAnyOrder(@ForAll long seed) {
    FuzzTargets.resolve(Mutations.room(seed));
  }
}
