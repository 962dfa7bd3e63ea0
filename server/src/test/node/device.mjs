import {
  ClientEvent, MatrixEventEvent, Method, MsgType, SyncState, createClient,
} from "matrix-js-sdk";
import { CryptoEvent, VerificationRequestEvent, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
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

  constructor(server, name) {
    this.server = server;
    this.name = name;
    this.password = `a long pass phrase of ${name}`;
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
  /** What to-device messages of types of our own said, in the order they came. */
  delivered = [];

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
            : null,
        cacheSecretStorageKey: (id, info, key) => {
          owner.recoveryKey = { id, key };
        },
      },
    });
    this.token = this.client.getAccessToken();
    this.client.on(ClientEvent.Event, (event) => this.#notice(event));
    this.client.on(MatrixEventEvent.Decrypted, (event) => this.#notice(event));
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

  /** Waits until a message could be read, and returns its text. */
  async reads(eventId) {
    await this.sees(`the text of ${eventId}`, () => this.read.has(eventId));
    return this.read.get(eventId);
  }

  sees(what, condition) {
    return until(() => `${this.name} sees ${what}`, condition);
  }

  /** Makes cross-signing keys, secret storage with a new recovery key, and a key backup. */
  async secure() {
    await this.crypto.bootstrapCrossSigning({
      authUploadDeviceSigningKeys: (request) => this.owner.authenticated(request),
    });
    await this.crypto.bootstrapSecretStorage({
      createSecretStorageKey: () => this.crypto.createRecoveryKeyFromPassphrase(),
      setupNewKeyBackup: true,
    });
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
    const asked = new Promise((resolve) => {
      other.client.once(CryptoEvent.VerificationRequestReceived, resolve);
    });
    const request = await this.crypto.requestOwnUserVerification();
    return compare(request, await asked);
  }

  /** Compares short strings with a device of another person, over a room of the two. */
  async verifyUser(other, roomId) {
    const asked = new Promise((resolve) => {
      other.client.once(CryptoEvent.VerificationRequestReceived, resolve);
    });
    const request = await this.crypto.requestVerificationDM(other.userId, roomId);
    return compare(request, await asked);
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
