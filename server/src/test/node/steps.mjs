/** Runs a step, and ends the program with what went wrong when it fails. */
export async function step(name, action) {
  const start = performance.now();
  try {
    const result = await action();
    console.log(`done: ${name} (${Math.round(performance.now() - start)} ms)`);
    return result;
  } catch (error) {
    console.log(`failed: ${name}\n${error.stack ?? error}`);
    process.exit(1);
  }
}

/** Waits until a condition holds, which may be asynchronous. */
export async function until(what, condition, millis = 60_000) {
  const deadline = performance.now() + millis;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new Error(`not within ${millis} ms: ${what()}`);
    }
    await pause(50);
  }
}

export function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
