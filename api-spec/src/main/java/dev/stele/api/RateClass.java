package dev.stele.api;

/** Operations that share one allowance of requests. */
public enum RateClass {
  /** Not limited. */
  NONE,
  /** Making accounts, and asking whether a name is free. Counted per address. */
  REGISTRATION,
  /** Attempts to log in. Counted per address. */
  LOGIN,
  /** Sending events into rooms: messages, state, redactions. */
  MESSAGE,
  /** Entering rooms. */
  JOIN,
  /** Inviting users. */
  INVITE,
  /** Making rooms. */
  CREATE_ROOM,
  /** Other writes of a user: profile, aliases, account data, receipts, typing. */
  WRITE
}
