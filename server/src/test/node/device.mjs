import assert from "node:assert/strict";
import {
  ClientEvent, MatrixEventEvent, Method, MsgType, SyncState, createClient,
} from "matrix-js-sdk";
import {
  CryptoEvent, VerificationRequestEvent, VerifierEvent, decodeRecoveryKey,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { until } from "./steps.mjs";

const SAS = "m.sas.v1";

// What the libraries have to say is much, and is said again by what fails.
logger.setLevel("silent");
for (const level of ["trace", "debug", "info", "warn", "error"]) {
  console[level] = () => {};
}

/** A person with a password, who may use several devices, and keeps a recovery key in a drawer. */
export class Owner {
  /** The key to the secret storage, once there is one: its id and the key. */
  recoveryKey = null;
  /** The same as it is written down for people to type in, also when another client made it. */
  written = null;

  constructor(server, name, password = `a long pass phrase of ${name}`) {
    this.server = server;
    this.name = name;
    this.password = password;
  }

  async register() {
    const stranger = createClient({ baseUrl: this.server.url });
    const account = await stranger.registerRequest({
      username: this.name,
      password: this.password,
      auth: { type: "m.login.dummy" },
    });
    this.userId = account.user_id;
    return this.#device(account);
  }

  async logIn() {
    const stranger = createClient({ baseUrl: this.server.url });
    return this.#device(
      await stranger.loginRequest({
        type: "m.login.password",
        identifier: this.identifier(),
        password: this.password,
      }),
    );
  }

  identifier() {
    return { type: "m.id.user", user: this.name };
  }

  /** Passes the authentication that an operation asks for, as a client does that asks its user. */
  async authenticated(request) {
    try {
      return await request(null);
    } catch (refusal) {
      const { session } = refusal.data;
      return await request({
        type: "m.login.password", identifier: this.identifier(), password: this.password, session,
      });
    }
  }

  async #device(account) {
    const device = new Device(this, account);
    await device.client.initRustCrypto({ useIndexedDB: false });
    return device;
  }
}

/** An unmodified matrix-js-sdk client with the Rust crypto, and what it could read. */
export class Device {
  /** The ids and texts of the messages that could be read, each under its event id. */
  read = new Map();
  /** The ids of the messages that could not be read when they came. */
  unreadable = new Set();
  /** The verifications that others have asked for, in the order they came. */
  asked = [];
  /** What to-device messages of types of our own said, in the order they came. */
  delivered = [];

  /** A verification under way: what it shows, and when it is done. */
  #shown;
  #verified;

  /** Cuts the requests under way; without a network while it is cut. */
  #network = new AbortController();

  constructor(owner, account) {
    this.owner = owner;
    this.userId = account.user_id;
    this.deviceId = account.device_id;
    this.name = `${owner.name}/${this.deviceId}`;
    this.client = createClient({
      baseUrl: owner.server.url,
      fetchFn: (url, options) => this.#fetch(url, options),
      userId: account.user_id,
      deviceId: account.device_id,
      accessToken: account.access_token,
      cryptoCallbacks: {
        getSecretStorageKey: async ({ keys }) =>
          owner.recoveryKey && owner.recoveryKey.id in keys
            ? [owner.recoveryKey.id, owner.recoveryKey.key]
            : owner.written && [Object.keys(keys)[0], decodeRecoveryKey(owner.written)],
        cacheSecretStorageKey: (id, info, key) => {
          owner.recoveryKey = { id, key };
        },
      },
    });
    this.token = this.client.getAccessToken();
    this.client.on(ClientEvent.Event, (event) => this.#notice(event));
    this.client.on(MatrixEventEvent.Decrypted, (event) => this.#notice(event));
    this.client.on(CryptoEvent.VerificationRequestReceived, (request) => this.asked.push(request));
    this.client.on(ClientEvent.ToDeviceEvent, (event) => {
      if (!event.getType().startsWith("m.")) {
        this.delivered.push(event.getContent());
      }
    });
  }

  get crypto() {
    return this.client.getCrypto();
  }

  async start() {
    await this.client.startClient({ pollTimeout: 20_000, initialSyncLimit: 100 });
    await until(
      () => `${this.name} is in touch with the server`,
      () => [SyncState.Prepared, SyncState.Syncing].includes(this.client.getSyncState()),
    );
  }

  /** Waits until others can find out its keys. */
  isPublished() {
    return this.sees("its keys on the server", async () => {
      const { device_keys: keys } = await this.client.http.authedRequest(
        Method.Post, "/keys/query", undefined, { device_keys: { [this.userId]: [this.deviceId] } });
      return keys[this.userId]?.[this.deviceId];
    });
  }

  /** Waits until it knows another device's keys, so that it encrypts for that, too. */
  knows(userId, deviceId) {
    return this.sees(`the keys of ${deviceId} of ${userId}`, async () => {
      const devices = await this.crypto.getUserDeviceInfo([userId], true);
      return devices.get(userId)?.has(deviceId);
    });
  }

  stop() {
    this.client.stopClient();
  }

  loseNetwork() {
    this.#network.abort();
  }

  findNetwork() {
    this.#network = new AbortController();
    this.client.retryImmediately();
  }

  #fetch(url, options) {
    const signals = [this.#network.signal, options.signal].filter((signal) => signal);
    return fetch(url, { ...options, signal: AbortSignal.any(signals) });
  }

  /** Has a room's members at hand, so that a message is encrypted for all of them. */
  async isIn(roomId, ...userIds) {
    await this.sees(`${userIds} in the room`, () => {
      const room = this.client.getRoom(roomId);
      return (
        room?.hasEncryptionStateEvent() &&
        userIds.every((userId) => room.getMember(userId)?.membership === "join")
      );
    });
  }

  async say(roomId, text) {
    const content = { msgtype: MsgType.Text, body: text };
    const { event_id: id } = await this.client.sendMessage(roomId, content);
    return id;
  }

  /** Says something else instead of what was said; others are shown a star before it, or the new text. */
  async edit(roomId, eventId, text) {
    const { event_id: id } = await this.client.sendEvent(roomId, "m.room.message", {
      msgtype: MsgType.Text,
      body: `* ${text}`,
      "m.new_content": { msgtype: MsgType.Text, body: text },
      "m.relates_to": { rel_type: "m.replace", event_id: eventId },
    });
    return id;
  }

  /** Waits until a message is shown with a text, which it may have got by an edit. */
  shows(roomId, eventId, text) {
    return this.sees(
      `"${text}" for ${eventId}`,
      () => this.client.getRoom(roomId)?.findEventById(eventId)?.getContent().body === text,
    );
  }

  /** Waits until something could be read, and returns the id of the message. */
  async hears(text) {
    const find = () => [...this.read].find(([, body]) => body === text)?.[0];
    await this.sees(`"${text}"`, find);
    return find();
  }

  /** Waits until a message could be read, and returns its text. */
  async reads(eventId) {
    await this.sees(`the text of ${eventId}`, () => this.read.has(eventId));
    return this.read.get(eventId);
  }

  sees(what, condition) {
    return until(() => `${this.name} sees ${what}`, condition);
  }

  /**
   * Makes cross-signing keys, secret storage with a new recovery key, and a key backup. Returns the
   * recovery key; it is made from the passphrase, if there is one.
   */
  async secure(passphrase) {
    const recoveryKey = await this.crypto.createRecoveryKeyFromPassphrase(passphrase);
    await this.crypto.bootstrapCrossSigning({
      authUploadDeviceSigningKeys: (request) => this.owner.authenticated(request),
    });
    await this.crypto.bootstrapSecretStorage({
      createSecretStorageKey: async () => recoveryKey,
      setupNewKeyBackup: true,
    });
    return recoveryKey.encodedPrivateKey;
  }

  /** Becomes one of its owner's devices by the recovery key, and fetches all keys of the backup. */
  async recover() {
    await this.#knowsItsOwner();
    await this.crypto.bootstrapCrossSigning({});
    await this.crypto.loadSessionBackupPrivateKeyFromSecretStorage();
    const { total, imported } = await this.restore();
    assert.equal(imported, total);
  }

  /** Fetches all keys of the backup, once it has been given the key of that. */
  async restore() {
    await this.sees("the key of the backup", () => this.crypto.getSessionBackupPrivateKey());
    return this.crypto.restoreKeyBackup();
  }

  /** Waits until the backup holds every key that this device has. */
  hasAllBackedUp() {
    return this.sees("all keys in the backup", async () => {
      const { count } = await this.client.http.authedRequest(Method.Get, "/room_keys/version");
      return count >= (await this.crypto.exportRoomKeys()).length;
    });
  }

  /** Compares short strings with another device of the same person. Returns what both showed. */
  async verify(other) {
    return compare(await this.crypto.requestOwnUserVerification(), await other.nextAsked());
  }

  /** Compares short strings with a device of another person, over a room of the two. */
  async verifyUser(other, roomId) {
    const request = await this.crypto.requestVerificationDM(other.userId, roomId);
    return compare(request, await other.nextAsked());
  }

  /** Asks the other devices of the same person to compare numbers. Returns those that it shows. */
  async askForNumbers() {
    await this.#knowsItsOwner();
    const request = await this.crypto.requestOwnUserVerification();
    await phase(request, () => request.otherPartySupportsMethod(SAS) && request.phase >= 3);
    return this.#show(await request.startVerification(SAS));
  }

  /** Agrees to a verification that was or will be asked for. Returns the numbers that it shows. */
  async showNumbers() {
    const request = await this.nextAsked();
    await request.accept();
    await phase(request, () => request.verifier !== undefined);
    return this.#show(request.verifier);
  }

  async #show(verifier) {
    const shown = show(verifier);
    this.#verified = verifier.verify();
    this.#shown = await Promise.race([shown, this.#verified]);
    return this.#shown.sas.decimal;
  }

  /** Says that the other side shows the same numbers, and waits until that says so, too. */
  async confirmNumbers() {
    await this.#shown.confirm();
    await this.#verified;
  }

  /** Waits until it knows that another of its owner's devices has signed it. */
  isTrusted() {
    return this.sees("that it is trusted", () => this.trusts(this));
  }

  #knowsItsOwner() {
    return this.sees(
      "its owner's keys", () => this.crypto.userHasCrossSigningKeys(this.userId, true));
  }

  async nextAsked() {
    await this.sees("a verification that is asked for", () => this.asked.length > 0);
    return this.asked.shift();
  }

  async trusts(other) {
    const status = await this.crypto.getDeviceVerificationStatus(other.userId, other.deviceId);
    return status?.crossSigningVerified ?? false;
  }

  #notice(event) {
    if (event.getType() === "m.room.message" && !event.isDecryptionFailure()) {
      this.read.set(event.getId(), event.getContent().body);
      this.unreadable.delete(event.getId());
    } else if (event.isDecryptionFailure()) {
      this.unreadable.add(event.getId());
    }
  }
}

/** The two ends of a verification: each waits for what the other shows, and confirms the same. */
async function compare(mine, theirs) {
  await theirs.accept();
  await phase(mine, () => mine.otherPartySupportsMethod(SAS) && mine.phase >= 3);
  const verifier = await mine.startVerification(SAS);
  await phase(theirs, () => theirs.verifier !== undefined);
  const [here, there] = [verifier, theirs.verifier].map(show);
  const done = Promise.all([verifier.verify(), theirs.verifier.verify()]);
  const shown = await Promise.all([here, there]);
  await Promise.all(shown.map((sas) => sas.confirm()));
  await done;
  return shown.map(({ sas }) => sas.emoji.map(([emoji]) => emoji).join(""));
}

function show(verifier) {
  return new Promise((resolve) => {
    verifier.once(VerifierEvent.ShowSas, resolve);
  });
}

function phase(request, reached) {
  return new Promise((resolve) => {
    const check = () => {
      if (reached()) {
        request.off(VerificationRequestEvent.Change, check);
        resolve();
      }
    };
    request.on(VerificationRequestEvent.Change, check);
    check();
  });
}
