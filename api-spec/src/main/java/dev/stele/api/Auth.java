package dev.stele.api;

/** Who may call an operation, as far as the access token tells. */
public enum Auth {
  /** Anyone; an access token is not looked at. */
  NONE,
  /** Anyone; an access token, when there is one, must be valid and tells who asks. */
  OPTIONAL,
  /** Only users, by their access token. */
  USER
}
