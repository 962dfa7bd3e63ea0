package dev.stele.load.scenario;

import java.util.List;

/**
 * What runs while it is measured.
 *
 * @param audience who listens all the time; may be nobody
 * @param actors who act
 * @param ending done once the actors have stopped, before listeners catch up and the check is made.
 *     May block
 */
record Play(Audience audience, List<Actor> actors, Runnable ending) {

  static Play of(Audience audience, List<Actor> actors) {
    return new Play(audience, actors, () -> {});
  }

  /** The same, with something to do at its end. */
  Play thenAtLast(Runnable newEnding) {
    return new Play(audience, actors, newEnding);
  }
}
