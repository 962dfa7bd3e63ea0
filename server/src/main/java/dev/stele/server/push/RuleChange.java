package dev.stele.server.push;

/** What a change of push rules led to. */
public sealed interface RuleChange {
  /** The rules as they are from now on. */
  record Changed(RuleSet rules) implements RuleChange {}

  /** Nothing has changed. */
  record Refused(Reason reason) implements RuleChange {}

  /** Why a change is refused. */
  enum Reason {
    /** There is no rule of this kind with this id. */
    NO_SUCH_RULE,
    /** The rule that the new one was to come before or after is not there. */
    NO_SUCH_NEIGHBOUR,
    /** The user has as many rules as anybody may have. */
    TOO_MANY
  }
}
