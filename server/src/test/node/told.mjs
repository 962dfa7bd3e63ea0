// Devices that do what they are told. Each line of the input is a JSON object: an `id`, the name of
// the `device`, what it shall `call`, and with which `args`. Each line of the output is one too: the
// `id`, and what came of it, `ok` or `failed`. Calls are made as they come, and end when they end.
import { createInterface } from "node:readline";
import { Owner } from "./device.mjs";

const owners = new Map();
const devices = new Map();

/** What is told to nobody's device: to log somebody in, on a new device with a name of its own. */
const nobody = {
  async logIn(name, password, device) {
    if (!owners.has(name)) {
      owners.set(name, new Owner({ url: process.env.STELE_URL }, name, password));
    }
    const client = await owners.get(name).logIn();
    devices.set(device, client);
    await client.start();
    await client.isPublished();
    return { userId: client.userId, deviceId: client.deviceId };
  },

  writeDown(name, recoveryKey) {
    owners.get(name).written = recoveryKey;
  },
};

async function answer(line) {
  const { id, device, call, args } = JSON.parse(line);
  try {
    const ok = await (device ? devices.get(device) : nobody)[call](...args);
    return { id, ok: ok ?? null };
  } catch (error) {
    return { id, failed: `${device ?? "nobody"}.${call}: ${error.stack ?? error}` };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  answer(line).then((said) => process.stdout.write(`${JSON.stringify(said)}\n`));
}
process.exit(0);
