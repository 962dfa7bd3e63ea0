import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { pause } from "./steps.mjs";

const API = "/_matrix/client/v3";

/** The server, as seen by plain requests, and the line to whoever can restart it. */
export class Server {
  #answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

  constructor(url) {
    this.url = url;
  }

  /** Asks for a restart, by `stop` or by `kill`, and waits until the server is ready again. */
  async restart(how) {
    console.log(`restart: ${how}`);
    const { value } = await this.#answers.next();
    assert.equal(value, "restarted");
  }

  /** Sends a message under a transaction id; tries again for as long as nobody answers. */
  async send(person, { roomId, txnId, text }) {
    const path = `rooms/${encodeURIComponent(roomId)}/send/m.room.message/${txnId}`;
    const body = JSON.stringify({ msgtype: "m.text", body: text });
    const { event_id: id } = await this.#ask(person, path, { method: "PUT", body });
    return id;
  }

  /** Sends a message of any content. */
  async sendContent(person, roomId, content) {
    const txnId = person.client.makeTxnId();
    const path = `rooms/${encodeURIComponent(roomId)}/send/m.room.message/${txnId}`;
    const { event_id: id } = await this.#ask(
      person, path, { method: "PUT", body: JSON.stringify(content) });
    return id;
  }

  event(person, roomId, eventId) {
    return this.#ask(
      person, `rooms/${encodeURIComponent(roomId)}/event/${encodeURIComponent(eventId)}`);
  }

  /** The ids of all messages of a room, oldest first. */
  async history(person, roomId) {
    const ids = [];
    let from = "";
    do {
      const page = await this.#ask(
        person, `rooms/${encodeURIComponent(roomId)}/messages?dir=f&limit=50${from}`);
      ids.push(...page.chunk.filter((e) => e.type === "m.room.message").map((e) => e.event_id));
      from = page.end && `&from=${encodeURIComponent(page.end)}`;
    } while (from);
    return ids;
  }

  async #ask(person, path, options = {}) {
    const headers = { Authorization: `Bearer ${person.token}` };
    for (;;) {
      let response;
      try {
        response = await fetch(`${this.url}${API}/${path}`, { ...options, headers });
      } catch {
        await pause(100); // Nobody listens: the server is between a stop and a start.
        continue;
      }
      const answer = await response.json();
      if (response.status !== 503) {
        assert.equal(response.status, 200, `${path}: ${JSON.stringify(answer)}`);
        return answer;
      }
      await pause(100);
    }
  }
}
