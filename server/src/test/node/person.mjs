import { ClientEvent, Filter, Method, SyncState, createClient } from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { pause, until } from "./steps.mjs";

// So many events may come in one answer to /sync before it leaves some out.
const TIMELINE_LIMIT = 500;

logger.setLevel("silent");

/** Someone with an unmodified matrix-js-sdk client, who remembers what was said and heard. */
export class Person {
  /** The messages of ours that the server acknowledged, in order: id and text. */
  said = [];
  /** The messages that came by /sync, in order: id, sender and text. */
  heard = [];

  constructor(name, client) {
    this.name = name;
    this.client = client;
    this.userId = client.getUserId();
    this.token = client.getAccessToken();
    client.on(ClientEvent.Event, (event) => {
      if (event.getType() === "m.room.message") {
        const { body: text } = event.getContent();
        this.heard.push({ id: event.getId(), sender: event.getSender(), text });
      }
    });
  }

  static async register(server, name) {
    const stranger = createClient({ baseUrl: server.url });
    const account = await stranger.registerRequest({
      username: name,
      password: "a long pass phrase",
      auth: { type: "m.login.dummy" },
    });
    return new Person(
      name,
      createClient({
        baseUrl: server.url,
        userId: account.user_id,
        accessToken: account.access_token,
        deviceId: account.device_id,
      }),
    );
  }

  async start(options = {}) {
    const filter = new Filter(this.userId);
    filter.setTimelineLimit(TIMELINE_LIMIT);
    await this.client.startClient({ filter, pollTimeout: 20_000, ...options });
    await this.online();
  }

  /** Waits until the client says that it is in touch with the server. */
  online() {
    return this.hears("the server", () =>
      [SyncState.Prepared, SyncState.Syncing].includes(this.client.getSyncState()),
    );
  }

  async createRoom(name) {
    const { room_id: roomId } = await this.client.createRoom({ name, preset: "private_chat" });
    await this.hears("the new room", () => this.membership(roomId) === "join");
    return roomId;
  }

  /** Says something, again under the same transaction id until it is acknowledged. */
  async say(roomId, text) {
    const txnId = this.client.makeTxnId();
    const content = { msgtype: "m.text", body: text };
    let id;
    try {
      ({ event_id: id } = await this.client.sendEvent(roomId, "m.room.message", content, txnId));
    } catch {
      id = await this.#sayAgain(roomId, txnId);
    }
    const message = { id, text };
    this.said.push(message);
    return message;
  }

  /** What a user does who sees "not sent" and presses "send again". */
  async #sayAgain(roomId, txnId) {
    const room = this.client.getRoom(roomId);
    const unsent = room.getLiveTimeline().getEvents().find((event) => event.getTxnId() === txnId);
    for (;;) {
      await pause(200);
      // A message may turn out to have arrived, although its answer was cut off.
      if (!unsent.isSending()) {
        return unsent.getId();
      }
      try {
        const { event_id: id } = await this.client.resendEvent(unsent, room);
        return id;
      } catch {
        continue;
      }
    }
  }

  /**
   * Sends any event, and returns its id. Without the library's local echo: it trips over that of a
   * relation to a thread when the event comes by /sync before the request is answered.
   */
  async send(roomId, type, content) {
    const room = encodeURIComponent(roomId);
    const path = `/rooms/${room}/send/${type}/${this.client.makeTxnId()}`;
    const answer = await this.client.http.authedRequest(Method.Put, path, undefined, content);
    return answer.event_id;
  }

  hears(what, condition) {
    const soFar = () => `${this.name} hears ${what}; so far ${this.heard.length} messages`;
    return until(soFar, condition);
  }

  membership(roomId) {
    return this.client.getRoom(roomId)?.getMyMembership();
  }

  sees(roomId, userId) {
    return this.client.getRoom(roomId)?.getMember(userId)?.membership;
  }

  state(roomId, type, key) {
    return this.client.getRoom(roomId).currentState.getStateEvents(type, key);
  }

  event(roomId, eventId) {
    return this.client.getRoom(roomId).findEventById(eventId);
  }

  readBy(roomId, eventId) {
    const room = this.client.getRoom(roomId);
    return room.getUsersReadUpTo(room.findEventById(eventId));
  }

  typing(roomId, userId) {
    return this.client.getRoom(roomId).getMember(userId).typing;
  }
}
