-- The current state of each room over time: a row holds from position "since" until before "until".
-- Grows with changes of state only. The state at any position is what held there.
CREATE TABLE IF NOT EXISTS projection.room_state (
  room_id         text NOT NULL,
  type            text NOT NULL,
  state_key       text NOT NULL,
  since           bigint NOT NULL,
  until           bigint NOT NULL DEFAULT 9223372036854775807,
  event_id        text NOT NULL,
  event_position  bigint NOT NULL,
  -- what visibility and membership questions need of the content: membership, history_visibility
  value           text,
  PRIMARY KEY (room_id, type, state_key, since)
);
CREATE INDEX IF NOT EXISTS room_state_until ON projection.room_state (room_id, until);
CREATE INDEX IF NOT EXISTS room_state_since ON projection.room_state (room_id, since);
