package dev.stele.load.scenario;

import dev.stele.load.client.User;
import dev.stele.load.measure.RoomLedger;

/**
 * A room of the run.
 *
 * @param number which of the run's rooms it is, from 0
 * @param id its room id
 * @param path of everything in it, which does not have to be escaped for each request
 * @param ledger what was said and heard in it
 */
record Room(int number, String id, String path, RoomLedger ledger) {
  Room(int number, String id, RoomLedger ledger) {
    this(number, id, User.room(id, ""), ledger);
  }

  /** The path of something in this room. */
  String path(String rest) {
    return path + rest;
  }
}
