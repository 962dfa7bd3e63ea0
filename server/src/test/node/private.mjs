// What end-to-end encryption is for: two people with several devices talk in private, verify each
// other, lose devices, and get their history back.
import assert from "node:assert/strict";
import { Owner } from "./device.mjs";
import { Server } from "./server.mjs";
import { step } from "./steps.mjs";

const MISSED = 1_000;

const server = new Server(process.env.STELE_URL);
const [aliceHerself, bobHimself, carolHerself] = ["alice", "bob", "carol"].map(
  (name) => new Owner(server, name),
);
const [alice, bob] = await step("register", () =>
  Promise.all([aliceHerself.register(), bobHimself.register()]),
);
await step("start", () => Promise.all([alice.start(), bob.start()]));

const roomId = await step("make a private room", async () => {
  const { room_id: id } = await alice.client.createRoom({
    name: "Vault",
    preset: "private_chat",
    invite: [bob.userId],
    initial_state: [
      { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
    ],
  });
  await bob.sees("the invitation", () => bob.client.getRoom(id)?.getMyMembership() === "invite");
  await bob.client.joinRoom(id);
  await Promise.all([alice, bob].map((device) => device.isIn(id, alice.userId, bob.userId)));
  return id;
});

const old = await step("talk, and be read by each other only", async () => {
  const question = await alice.say(roomId, "can you read this?");
  assert.equal(await bob.reads(question), "can you read this?");
  const answer = await bob.say(roomId, "yes, and nobody else");
  assert.equal(await alice.reads(answer), "yes, and nobody else");
  const stored = await server.event(bob, roomId, question);
  assert.equal(stored.type, "m.room.encrypted");
  assert.ok(!JSON.stringify(stored).includes("can you read"), "the server holds no plain text");
  return { question, answer };
});

await step("edit what was said", async () => {
  await alice.edit(roomId, old.question, "could you read this?");
  await bob.shows(roomId, old.question, "could you read this?");
  const stored = await server.event(bob, roomId, old.question);
  assert.equal(stored.unsigned["m.relations"]["m.replace"].type, "m.room.encrypted");
});

await step("secure both accounts", async () => {
  await Promise.all([alice.secure(), bob.secure()]);
  assert.ok(await alice.crypto.isCrossSigningReady());
  assert.ok(await alice.crypto.isSecretStorageReady());
  await alice.sees("the backup", () => alice.crypto.getActiveSessionBackupVersion());
});

const laptop = await step("log in on a second device", async () => {
  const device = await aliceHerself.logIn();
  await device.start();
  assert.equal(await alice.trusts(device), false, "nobody has verified it yet");
  return device;
});

await step("verify the second device", async () => {
  const [here, there] = await laptop.verify(alice);
  assert.equal(here, there, "both show the same emoji");
  await laptop.sees("the secrets of the first", () => laptop.crypto.isCrossSigningReady());
  await alice.sees("that it is hers", () => alice.trusts(laptop));
});

await step("read everywhere what comes from now on", async () => {
  await laptop.isIn(roomId, alice.userId, bob.userId);
  const id = await bob.say(roomId, "for all your devices");
  assert.equal(await laptop.reads(id), "for all your devices");
  assert.equal(await alice.reads(id), "for all your devices");
});

await step("read old messages on the second device", async () => {
  await alice.hasAllBackedUp();
  await laptop.restore();
  assert.equal(await laptop.reads(old.answer), "yes, and nobody else");
});

await step("verify each other", async () => {
  const [here, there] = await bob.verifyUser(alice, roomId);
  assert.equal(here, there);
  await bob.sees("that Alice is verified", async () => {
    const status = await bob.crypto.getUserVerificationStatus(alice.userId);
    return status.isCrossSigningVerified();
  });
});

await step("join late, and read only what comes after", async () => {
  const before = await alice.say(roomId, "before Carol");
  await bob.reads(before);
  const carol = await carolHerself.register();
  await carol.start();
  await alice.client.invite(roomId, carol.userId);
  await carol.client.joinRoom(roomId);
  await carol.isIn(roomId, alice.userId, bob.userId, carol.userId);
  await alice.isIn(roomId, carol.userId);
  const after = await alice.say(roomId, "welcome, Carol");
  assert.equal(await carol.reads(after), "welcome, Carol");
  await carol.sees("that she cannot read the past", () => carol.unreadable.has(before));
  await carol.client.leave(roomId);
  carol.stop();
  await alice.sees(
    "that Carol left", () => alice.client.getRoom(roomId).getMember(carol.userId).membership === "leave");
});

await step("rotate the session", async () => {
  const session = async (id) => (await server.event(alice, roomId, id)).content.session_id;
  const first = await alice.say(roomId, "one");
  const second = await alice.say(roomId, "two");
  assert.equal(await session(second), await session(first));
  await alice.crypto.forceDiscardSession(roomId);
  const third = await alice.say(roomId, "three");
  assert.notEqual(await session(third), await session(first));
  assert.equal(await bob.reads(third), "three");
});

await step("delete a device", async () => {
  laptop.stop();
  await aliceHerself.authenticated((auth) => alice.client.deleteDevice(laptop.deviceId, auth));
  await assert.rejects(laptop.client.whoami(), ({ errcode }) => errcode === "M_UNKNOWN_TOKEN");
  await bob.sees("that the device is gone", async () => {
    const devices = await bob.crypto.getUserDeviceInfo([alice.userId]);
    return !devices.get(alice.userId).has(laptop.deviceId);
  });
  const id = await bob.say(roomId, "without the laptop");
  assert.equal(await alice.reads(id), "without the laptop");
});

await step(`come back after ${MISSED} messages to the device`, async () => {
  bob.loseNetwork();
  for (let n = 0; n < MISSED; n += 1) {
    const message = new Map([[bob.userId, new Map([[bob.deviceId, { n }]])]]);
    await alice.client.sendToDevice("org.example.count", message);
    if (n === MISSED / 2) {
      await alice.crypto.forceDiscardSession(roomId); // so that a room key is among what Bob missed
      await alice.say(roomId, "while you were away");
    }
  }
  const last = await alice.say(roomId, "welcome back");
  bob.findNetwork();
  assert.equal(await bob.reads(last), "welcome back");
  await bob.sees("all of them", () => bob.delivered.length >= MISSED);
  assert.deepEqual(bob.delivered.map(({ n }) => n), Array.from({ length: MISSED }, (_, n) => n));
});

await step("lose every device, and read everything again on a new one", async () => {
  const last = await alice.say(roomId, "the last words");
  await bob.reads(last);
  await alice.hasAllBackedUp();
  alice.stop();
  await alice.client.http.authedRequest("POST", "/logout/all", undefined, {});
  const phone = await aliceHerself.logIn();
  await phone.start();
  await phone.isIn(roomId, alice.userId, bob.userId);
  await phone.sees("a message that it cannot read", () => phone.unreadable.size > 0);
  await phone.recover();
  assert.equal(await phone.reads(last), "the last words");
  assert.equal(await phone.reads(old.answer), "yes, and nobody else");
  await bob.sees("that the new device is Alice's", async () => {
    await bob.crypto.getUserDeviceInfo([alice.userId], true);
    return bob.trusts(phone);
  });
  const id = await bob.say(roomId, "good to have you back");
  assert.equal(await phone.reads(id), "good to have you back");
  phone.stop();
});

bob.stop();
console.log("passed");
process.exit(0);
