// What people do with rooms besides talking, by clients of two families: lazy loading, threads,
// reactions, edits, spaces, directories, search, unread counts and upgrades.
import assert from "node:assert/strict";
import { RoomHierarchy } from "matrix-js-sdk/lib/room-hierarchy.js";
import { Bot } from "./bot.mjs";
import { Person } from "./person.mjs";
import { Server } from "./server.mjs";
import { step, until } from "./steps.mjs";

const OTHERS = 10;

const server = new Server(process.env.STELE_URL);
const names = ["alice", "bob", ...Array.from({ length: OTHERS }, (_, i) => `guest${i}`)];
const [alice, bob, ...guests] = await step("register", () =>
  Promise.all(names.map((name) => Person.register(server, name))),
);
const people = [alice, bob];

await step("start", () => alice.start({ threadSupport: true }));
const roomId = await step("fill a room", async () => {
  const { room_id: id } = await alice.client.createRoom({ name: "Quarry", preset: "public_chat" });
  await Promise.all([bob, ...guests].map((person) => person.client.joinRoom(id)));
  await alice.hears("everybody", () => alice.client.getRoom(id)?.getJoinedMemberCount() === OTHERS + 2);
  await alice.say(id, "welcome to the granite");
  return id;
});
const room = (person) => person.client.getRoom(roomId);

// Not by the client: when the answer comes after the event, as it may, it trips over its own echo.
const reply = (rootId, body) =>
  server.sendContent(alice, roomId, {
    msgtype: "m.text", body, "m.relates_to": { rel_type: "m.thread", event_id: rootId },
  });

await step("load members when they are needed", async () => {
  await bob.start({ threadSupport: true, lazyLoadMembers: true, filter: undefined, initialSyncLimit: 1 });
  const known = room(bob).currentState.getMembers().length;
  assert.ok(known <= 7, `${known} members come with the first sync`);
  assert.equal(room(bob).getJoinedMemberCount(), OTHERS + 2, "the summary counts them all");
  await room(bob).loadMembersIfNeeded();
  assert.equal(room(bob).getJoinedMembers().length, OTHERS + 2);
});

const root = await step("start a thread", async () => {
  const { id } = await alice.say(roomId, "which stone?");
  await bob.hears("the question", () => bob.event(roomId, id));
  await reply(id, "granite");
  await reply(id, "marble");
  await bob.hears("the replies", () => room(bob).getThread(id)?.length === 2);
  const { chunk } = await bob.client.createThreadListMessagesRequest(roomId, null, 10);
  assert.deepEqual(chunk.map((event) => event.event_id), [id]);
  assert.equal(chunk[0].unsigned["m.relations"]["m.thread"].count, 2);
  return id;
});

await step("react", async () => {
  const reaction = { "m.relates_to": { rel_type: "m.annotation", event_id: root, key: "👍" } };
  await bob.send(roomId, "m.reaction", reaction);
  const annotations = () =>
    room(alice).relations.getChildEventsForEvent(root, "m.annotation", "m.reaction");
  await alice.hears("the reaction", () =>
    annotations()?.getSortedAnnotationsByKey()?.[0]?.[0] === "👍");
  const { events } = await alice.client.relations(roomId, root, "m.annotation", "m.reaction");
  assert.deepEqual(events.map((event) => event.getSender()), [bob.userId]);
  await assert.rejects(bob.send(roomId, "m.reaction", reaction), { errcode: "M_DUPLICATE_ANNOTATION" });
});

await step("edit", async () => {
  const { id } = await alice.say(roomId, "basalt is read");
  await bob.hears("the slip", () => bob.event(roomId, id));
  const edit = await alice.send(roomId, "m.room.message", {
    msgtype: "m.text",
    body: "* basalt is grey",
    "m.new_content": { msgtype: "m.text", body: "basalt is grey" },
    "m.relates_to": { rel_type: "m.replace", event_id: id },
  });
  await bob.hears("the edit", () => bob.event(roomId, id).getContent().body === "basalt is grey");
  const event = await bob.client.fetchRoomEvent(roomId, id);
  assert.equal(event.unsigned["m.relations"]["m.replace"].event_id, edit);
  await alice.client.redactEvent(roomId, edit);
  await bob.hears("that it is taken back", () =>
    bob.event(roomId, id).getContent().body === "basalt is read");
});

await step("count what is unread", async () => {
  const count = (kind) => room(bob).getUnreadNotificationCount(kind);
  const last = await alice.say(roomId, "before");
  await bob.hears("it", () => bob.event(roomId, last.id));
  await bob.client.sendReadReceipt(bob.event(roomId, last.id), "m.read", true);
  await bob.hears("that all is read", () => count("total") === 0);
  await alice.say(roomId, "one");
  const mention = await alice.send(roomId, "m.room.message", {
    msgtype: "m.text", body: "two, bob", "m.mentions": { user_ids: [bob.userId] },
  });
  await bob.hears("two unread", () => count("total") === 2 && count("highlight") === 1);
  await bob.client.sendReadReceipt(bob.event(roomId, mention), "m.read", true);
  await bob.hears("none unread", () => count("total") === 0 && count("highlight") === 0);
  await reply(root, "still granite");
  const inThread = () => room(bob).getThreadUnreadNotificationCount(root, "total");
  await bob.hears("one unread in the thread", () => inThread() === 1 && count("total") === 1);
});

await step("search", async () => {
  const found = await bob.client.searchRoomEvents({ term: "granite" });
  const texts = found.results.map((result) => result.context.getEvent().getContent().body);
  assert.deepEqual(new Set(texts), new Set(["welcome to the granite", "granite", "still granite"]));
});

const space = await step("walk through a space", async () => {
  const { room_id: id } = await alice.client.createRoom({
    name: "Stones", preset: "public_chat", creation_content: { type: "m.space" },
  });
  const via = [alice.userId.split(":").slice(1).join(":")];
  await alice.client.sendStateEvent(id, "m.space.child", { via, suggested: true }, roomId);
  await bob.client.joinRoom(id);
  await bob.hears("the space", () => bob.client.getRoom(id)?.isSpaceRoom());
  const hierarchy = new RoomHierarchy(bob.client.getRoom(id), 1);
  while (hierarchy.canLoadMore) {
    await hierarchy.load();
  }
  assert.deepEqual(hierarchy.rooms.map((each) => each.name), ["Stones", "Quarry"]);
  assert.ok(hierarchy.isSuggested(id, roomId));
  return id;
});

await step("find rooms and people", async () => {
  await alice.client.setRoomDirectoryVisibility(roomId, "public");
  const { chunk } = await bob.client.publicRooms({ filter: { generic_search_term: "quar" } });
  assert.deepEqual(chunk.map((each) => each.room_id), [roomId]);
  const { results } = await bob.client.searchUserDirectory({ term: "guest1" });
  assert.deepEqual(results.map((each) => each.user_id), [guests[1].userId]);
});

await step("knock", async () => {
  const { room_id: shed } = await alice.client.createRoom({
    name: "Shed",
    initial_state: [{ type: "m.room.join_rules", state_key: "", content: { join_rule: "knock" } }],
  });
  await alice.hears("the shed", () => alice.membership(shed) === "join");
  await bob.client.knockRoom(shed, { reason: "it rains" });
  await bob.hears("the own knock", () => bob.membership(shed) === "knock");
  await alice.hears("the knock", () => alice.sees(shed, bob.userId) === "knock");
  await alice.client.invite(shed, bob.userId);
  await bob.hears("the invitation", () => bob.membership(shed) === "invite");
  await bob.client.joinRoom(shed);
  await bob.hears("the shed", () => bob.membership(shed) === "join");
});

const upgraded = await step("upgrade a room", async () => {
  const { room_id: old } = await alice.client.createRoom({
    name: "Old hall", preset: "public_chat", room_version: "11",
  });
  await bob.client.joinRoom(old);
  await bob.hears("the hall", () => bob.membership(old) === "join");
  const { replacement_room: replacement } = await alice.client.upgradeRoom(old, "12");
  await bob.hears("the tombstone", () => bob.state(old, "m.room.tombstone", ""));
  assert.equal(bob.state(old, "m.room.tombstone", "").getContent().replacement_room, replacement);
  await bob.client.joinRoom(replacement);
  await bob.hears("the new hall", () => bob.client.getRoom(replacement)?.name === "Old hall");
  assert.equal(bob.client.getRoom(replacement).findPredecessor().roomId, old);
  return { old, replacement };
});

await step("let a client of another family do the same", async () => {
  const robin = await Bot.register(server, "robin");
  const den = await alice.createRoom("Den");
  await alice.client.invite(den, robin.userId);
  await alice.hears("that Robin came", () => alice.sees(den, robin.userId) === "join");
  const { id } = await alice.say(den, "hello, robin");
  await until(() => "Robin hears", () => robin.heardIn(den).some((message) => message.id === id));
  await robin.client.replyText(den, robin.heardIn(den).at(-1).event, "hello, alice");
  await alice.hears("the answer", () => alice.heard.at(-1)?.sender === robin.userId);

  await robin.client.joinRoom(roomId);
  assert.equal((await robin.client.getJoinedRoomMembers(roomId)).length, OTHERS + 3);
  const name = await robin.client.getRoomStateEvent(roomId, "m.room.name", "");
  assert.equal(name.name, "Quarry");
  const context = await robin.client.getEventContext(roomId, root, 4);
  assert.equal(context.event.eventId, root);
  const edited = await robin.client.getEvent(roomId, root);
  assert.equal(edited.content.body, "which stone?");
  await robin.client.joinRoom(space);
  const children = await (await robin.client.getSpace(space)).getChildEntities();
  assert.deepEqual(Object.keys(children), [roomId]);
  await robin.client.joinRoom(upgraded.replacement);
  const history = await robin.client.getRoomUpgradeHistory(upgraded.replacement);
  assert.deepEqual(history.previous.map((each) => each.roomId), [upgraded.old]);
  robin.client.stop();
});

people.forEach((person) => person.client.stopClient());
console.log("passed");
process.exit(0);
