// Two people talk through a Stele that is stopped, and then killed, under their clients. Whoever
// runs this program restarts the server when a line asks for it; see server.mjs.
import assert from "node:assert/strict";
import { Person } from "./person.mjs";
import { Server } from "./server.mjs";
import { step } from "./steps.mjs";

const MESSAGES_EACH = 200;
const STOP_AT = 60;
const KILL_AT = 130;

const server = new Server(process.env.STELE_URL);
const [alice, bob] = await step("register", () =>
  Promise.all([Person.register(server, "alice"), Person.register(server, "bob")]),
);
const people = [alice, bob];
await step("start long-polling", () => Promise.all(people.map((person) => person.start())));

const roomId = await step("create a room", () => alice.createRoom("Carved in stone"));
await step("invite and join", async () => {
  const invited = bob.hears("the invitation", () => bob.membership(roomId) === "invite");
  await alice.client.invite(roomId, bob.userId);
  await invited;
  await bob.client.joinRoom(roomId);
  await alice.hears("that Bob joined", () => alice.sees(roomId, bob.userId) === "join");
  await bob.hears("the room", () => bob.client.getRoom(roomId)?.name === "Carved in stone");
});

const retried = { roomId, txnId: "retried-across-restarts", text: "said once" };
const retriedId = await step("send with a transaction id", () => server.send(alice, retried));

await step(`exchange ${2 * MESSAGES_EACH} messages while the server restarts`, () =>
  Promise.all([talk(alice, { [STOP_AT]: "stop", [KILL_AT]: "kill" }), talk(bob, {})]),
);
await step("hear all of it, once and in one order", async () => {
  const said = 2 * MESSAGES_EACH + 1;
  await Promise.all(people.map((p) => p.hears(`${said} messages`, () => p.heard.length >= said)));
  const ids = alice.heard.map((event) => event.id);
  assert.deepEqual(bob.heard.map((event) => event.id), ids, "both hear the same, in one order");
  assert.equal(new Set(ids).size, ids.length, "nothing comes twice");
  const acknowledged = [...alice.said, ...bob.said].map((event) => event.id);
  assert.deepEqual(new Set(ids), new Set([retriedId, ...acknowledged]), "no more and no less");
  for (const person of people) {
    const heard = alice.heard.filter((e) => e.sender === person.userId && e.id !== retriedId);
    assert.deepEqual(heard.map((e) => e.text), person.said.map((e) => e.text), "in order of sending");
  }
  assert.deepEqual(await server.history(bob, roomId), ids, "history tells the same");
});
await step("retry the transaction after both restarts", async () => {
  assert.equal(await server.send(alice, retried), retriedId);
});

await step("change state", async () => {
  await alice.client.setRoomTopic(roomId, "Granite");
  const { event_id: id } = await alice.client.sendStateEvent(
    roomId, "dev.stele.test", { depth: 3 }, "chisel");
  await bob.hears("the state", () => bob.state(roomId, "dev.stele.test", "chisel")?.getId() === id);
  assert.deepEqual(bob.state(roomId, "dev.stele.test", "chisel").getContent(), { depth: 3 });
  assert.equal(bob.state(roomId, "m.room.topic", "").getContent().topic, "Granite");
});
await step("redact", async () => {
  const victim = alice.said.at(-1);
  await alice.client.redactEvent(roomId, victim.id, undefined, { reason: "a slip" });
  await bob.hears("the redaction", () => bob.event(roomId, victim.id)?.isRedacted());
  const event = await server.event(bob, roomId, victim.id);
  assert.deepEqual(event.content, {});
  assert.equal(event.unsigned.redacted_because.content.reason, "a slip");
});
await step("acknowledge reading", async () => {
  const { id } = await alice.say(roomId, "do you read me?");
  await bob.hears("the question", () => bob.heard.at(-1).id === id);
  await bob.client.sendReadReceipt(bob.event(roomId, id));
  await alice.hears("the receipt", () => alice.readBy(roomId, id).includes(bob.userId));
});
await step("type", async () => {
  await bob.client.sendTyping(roomId, true, 20_000);
  await alice.hears("typing", () => alice.typing(roomId, bob.userId));
  await bob.client.sendTyping(roomId, false, 0);
  await alice.hears("no more typing", () => !alice.typing(roomId, bob.userId));
});
await step("talk on", async () => {
  const { id } = await bob.say(roomId, "good night");
  await alice.hears("the last word", () => alice.heard.at(-1).id === id);
});

people.forEach((person) => person.client.stopClient());
console.log("passed");
process.exit(0);

/**
 * One message after the other, while both are connected; at some of them, something happens to the
 * server, which cuts off what is on its way.
 */
async function talk(person, incidents) {
  let restart = Promise.resolve();
  for (let i = 0; i < MESSAGES_EACH; i++) {
    if (incidents[i]) {
      await restart;
      restart = server.restart(incidents[i]).then(async () => {
        assert.equal(await server.send(alice, retried), retriedId, `same id after ${incidents[i]}`);
      });
    }
    await Promise.all(people.map((each) => each.online()));
    await person.say(roomId, `${person.name} ${i}`);
  }
  await restart;
}
