package dev.stele.server.client;

import net.folivo.trixnity.core.model.RoomId;

/** A client with an encryption of its own, on which somebody is logged in. */
interface PrivateClient {
  String userId();

  String deviceId();

  /**
   * Waits until it knows another client's keys, so that what it says is encrypted for that, too.
   *
   * @param change changes something that makes clients ask for the keys of that user again
   */
  void knows(PrivateClient other, Runnable change);

  /**
   * Waits until a message is shown with a text, which it may have got by an edit.
   *
   * @param eventId the message, not its edit
   */
  void shows(RoomId room, String eventId, String text);
}
