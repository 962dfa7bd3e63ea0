package dev.stele.stateres.version;

/** The algorithms that resolve forked state. */
public enum StateResolution {
  /** By depth and hash of the event id: version 1. */
  V1,
  /** By power and mainline: versions 2 to 11. */
  V2,
  /** V2 that starts from an empty state and takes in the conflicted subgraph: version 12. */
  V2_1
}
