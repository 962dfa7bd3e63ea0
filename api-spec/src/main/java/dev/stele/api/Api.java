package dev.stele.api;

/** A part of the API that a listener may serve or leave out. */
public enum Api {
  CLIENT,
  FEDERATION,
  MEDIA,
  ADMIN,
  METRICS
}
