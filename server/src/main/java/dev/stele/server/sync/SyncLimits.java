package dev.stele.server.sync;

/**
 * How much an event loop may hold for those who poll on it.
 *
 * @param polls how many polls may wait
 * @param users how many users to know; those with a poll that waits are known beyond it
 * @param memberships how many memberships these users may have together
 */
public record SyncLimits(long polls, int users, int memberships) {
  /** What the heap of this process has room for. */
  public static SyncLimits ofThisProcess() {
    Runtime process = Runtime.getRuntime();
    return new SyncLimits(
        Polls.most(process.maxMemory(), process.availableProcessors()), 20_000, 200_000);
  }
}
