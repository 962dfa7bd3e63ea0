import { createRequire } from "node:module";

// The library loads a native one for encryption at once, which is not used here, nor installed.
const require = createRequire(import.meta.url);
const native = createRequire(require.resolve("@vector-im/matrix-bot-sdk")).resolve(
  "@matrix-org/matrix-sdk-crypto-nodejs");
require.cache[native] = { id: native, filename: native, loaded: true, exports: {} };
const { AutojoinRoomsMixin, LogService, LogLevel, MatrixAuth, MatrixClient, MemoryStorageProvider } =
  require("@vector-im/matrix-bot-sdk");

LogService.setLevel(LogLevel.ERROR);
LogService.muteModule("MatrixHttpClient");

/** Somebody with an unmodified client of another family, who joins whatever they are invited to. */
export class Bot {
  /** The messages that came by /sync, in order: room, id, sender and text. */
  heard = [];

  static async register(server, name) {
    const { accessToken } = await new MatrixAuth(server.url).passwordRegister(name, "a long pass");
    const bot = new Bot();
    bot.client = new MatrixClient(server.url, accessToken, new MemoryStorageProvider());
    bot.userId = await bot.client.getUserId();
    AutojoinRoomsMixin.setupOnClient(bot.client);
    bot.client.on("room.message", (roomId, event) =>
      bot.heard.push({
        roomId, id: event.event_id, sender: event.sender, text: event.content.body, event,
      }));
    await bot.client.start();
    return bot;
  }

  heardIn(roomId) {
    return this.heard.filter((message) => message.roomId === roomId);
  }
}
