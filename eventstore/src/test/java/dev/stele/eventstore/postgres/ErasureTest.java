package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may change in the log, and what may not. */
final class ErasureTest extends LogTest {
  private PostgresEventLog log;

  @BeforeEach
  void appendThree() {
    log = open();
    await(
        log.append(
            new Append(null, List.of(record("kept"), record("erased"), record(null)), List.of())));
  }

  private static NewRecord record(String content) {
    return new NewRecord("s", "k", "skeleton", content, List.of(), null);
  }

  @Test
  void erase_removesTheContentAndKeepsTheSkeleton() {
    assertThat(await(log.erase(List.of(2L, 3L, 99L)))).isEqualTo(1);

    List<LogRecord> records = await(log.read(0, 10));
    assertThat(records).extracting(LogRecord::content).containsExactly("kept", null, null);
    assertThat(records).extracting(LogRecord::skeleton).containsOnly("skeleton");
  }

  @Test
  void erase_again_changesNothing() {
    await(log.erase(List.of(2L)));

    assertThat(await(log.erase(List.of(2L)))).isZero();
    assertThat(await(log.erase(List.of()))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE log.record SET skeleton = 'x'",
        "UPDATE log.record SET position = position + 10",
        "DELETE FROM log.record",
        "TRUNCATE log.record"
      })
  void owner_mayNotChangeTheLog(String statement) {
    assertThatThrownBy(() -> sql(statement)).hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE log.record SET skeleton = 'x'",
        "UPDATE log.record SET skeleton = 'x', content = NULL",
        "UPDATE log.record SET content = 'other'",
        "DELETE FROM log.record",
        "TRUNCATE log.record"
      })
  void whoeverHasEveryPrivilege_mayNotChangeTheLog(String statement) {
    sql("GRANT ALL ON log.record TO CURRENT_USER");

    assertThatThrownBy(() -> sql(statement)).hasMessageContaining("append-only");
    assertThat(await(log.read(0, 10))).extracting(LogRecord::skeleton).containsOnly("skeleton");
  }
}
