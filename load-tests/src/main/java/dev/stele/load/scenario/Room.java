package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.RoomLedger;

/**
 * A room of the run.
 *
 * @param number which of the run's rooms it is, from 0
 * @param id its room id
 * @param ledger what was said and heard in it
 */
record Room(int number, String id, RoomLedger ledger) {

  /** The path of something in this room. */
  String path(String rest) {
    return User.room(id, rest);
  }
}
