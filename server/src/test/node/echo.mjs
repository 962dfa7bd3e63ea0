// Somebody who joins every room that he is invited to, and repeats what he can read of others there,
// until he reads "bye".
import { ClientEvent, MatrixEventEvent } from "matrix-js-sdk";
import { Owner } from "./device.mjs";
import { Server } from "./server.mjs";
import { step } from "./steps.mjs";

const bert = await step("register", () => new Owner(new Server(process.env.STELE_URL), "bert").register());
const { client } = bert;

const heard = new Set();
const farewell = new Promise((resolve, reject) => {
  const repeat = async (event) => {
    const { body } = event.getContent();
    if (event.getType() !== "m.room.message" || event.getSender() === bert.userId
        || event.isDecryptionFailure() || heard.has(event.getId())) {
      return;
    }
    heard.add(event.getId());
    await bert.say(event.getRoomId(), `${event.isEncrypted() ? "in private" : "aloud"}: ${body}`);
    if (body === "bye") {
      resolve();
    }
  };
  const listen = (event) => repeat(event).catch(reject);
  client.on(ClientEvent.Event, listen);
  client.on(MatrixEventEvent.Decrypted, listen);
  client.on(ClientEvent.Room, (room) => {
    if (room.getMyMembership() === "invite") {
      client.joinRoom(room.roomId).catch(reject);
    }
  });
});
await step("start", () => bert.start());
console.log("ready");
await step("repeat what is said", () => farewell);
console.log("passed");
process.exit(0);
