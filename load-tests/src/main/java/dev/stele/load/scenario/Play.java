package dev.stele.load.scenario;

import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * What runs while it is measured.
 *
 * @param audience who listens all the time; may be nobody
 * @param actors who act
 * @param eachSecond is told about each second, how many have been measured; less than 0 before. May
 *     block
 * @param ending done once the actors have stopped, before listeners catch up and the check is made.
 *     May block
 */
record Play(Audience audience, List<Actor> actors, DoubleConsumer eachSecond, Runnable ending) {

  static Play of(Audience audience, List<Actor> actors) {
    return new Play(audience, actors, second -> {}, () -> {});
  }

  /** The same, with something to do at its end. */
  Play thenAtLast(Runnable newEnding) {
    return new Play(audience, actors, eachSecond, newEnding);
  }

  /** The same, with something to do all the time. */
  Play andEachSecond(DoubleConsumer what) {
    return new Play(audience, actors, what, ending);
  }
}
