package dev.stele.api;

/** Operations that share one allowance of requests. */
public enum RateClass {
  /** Not limited. */
  NONE,
  /** Making accounts. Counted per address. */
  REGISTRATION,
  /** What leads up to that, such as asking whether a name is free. Counted per address. */
  REGISTRATION_QUERY,
  /** Attempts to log in. Counted per address. */
  LOGIN,
  /** Refreshing access tokens. Counted per address. */
  REFRESH,
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
