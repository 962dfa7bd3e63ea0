package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.projection.Relations.Children;
import dev.stele.server.text.TextVector;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What relates to events, and words, are found by an index, in a room of many events. */
class QueryPlanTest {
  private static final String ROOM = "!r1:test";
  private static FoldedLog folded;

  @BeforeAll
  static void fill() {
    folded = new FoldedLog(log -> List.of(new RelationsProjection(log), new SearchProjection(log)));
    folded.execute(
        "INSERT INTO projection.relation (room_id, position, depth, event_id, type, sender,"
            + " state_key, origin_server_ts, parent_id, rel_type, replaces) SELECT '!r1:test', i,"
            + " i, '$c' || i, 'm.room.message', '@u' || (i % 100) || ':test', NULL, i, '$' || (i %"
            + " 3000), (ARRAY['m.thread', 'm.replace', 'm.reference', 'm.annotation'])[i % 4 + 1],"
            + " true FROM generate_series(1, 40000) AS i");
    folded.execute(
        "INSERT INTO projection.thread SELECT '!r1:test', '$' || i, 5, i, i"
            + " FROM generate_series(1, 20000) AS i");
    folded.execute(
        "INSERT INTO projection.search_event SELECT i, '!r' || (i % 3) || ':test', i, '$' || i,"
            + " 'm.room.message', '@u:test', false, to_tsvector('simple', 'word' || (i % 5000) ||"
            + " ' common') FROM generate_series(1, 60000) AS i");
    folded.execute("ANALYZE");
  }

  @AfterAll
  static void close() {
    folded.close();
  }

  @Test
  void relations_useTheirParents() {
    Tuple some = Tuple.of(ROOM, "$7", 1_000_000L, 0L, 20);
    assertThat(folded.plan(Relations.sql(new Children(ROOM, "$7", null, null, 1), true), some))
        .contains("relation_parent")
        .doesNotContain("Seq Scan");
    assertThat(folded.plan(Relations.sql(new Children(ROOM, "$7", null, null, 3), true), some))
        .contains("relation_parent")
        .doesNotContain("Seq Scan");
    Tuple typed = Tuple.of(ROOM, "$7", 1_000_000L, 0L, 20).addString("m.thread");
    assertThat(
            folded.plan(Relations.sql(new Children(ROOM, "$7", "m.thread", null, 1), true), typed))
        .contains("relation_parent")
        .doesNotContain("Seq Scan");
  }

  @Test
  void aggregations_askForEachParentByIndex() {
    String[] ids = {"$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10"};
    String[] senders = new String[ids.length];
    String[] types = new String[ids.length];
    Arrays.fill(senders, "@u1:test");
    Arrays.fill(types, "m.room.message");
    Tuple parents =
        Tuple.tuple()
            .addString(ROOM)
            .addArrayOfString(ids)
            .addArrayOfString(senders)
            .addArrayOfString(types)
            .addString("@u1:test")
            .addArrayOfString(new String[0])
            .addInteger(1);
    assertThat(folded.plan(Relations.AGGREGATED, parents))
        .contains("relation_parent")
        .doesNotContain("Seq Scan on relation")
        .doesNotContain("Seq Scan on thread");
  }

  @Test
  void threads_useTheirLatestReplies() {
    assertThat(folded.plan(Relations.THREADS, Tuple.of(ROOM, "@u1:test", 15_000L, 0L, 20)))
        .contains("thread_latest")
        .contains("relation_parent")
        .doesNotContain("Seq Scan");
  }

  @Test
  void search_usesTheWords() {
    Tuple question =
        Tuple.tuple()
            .addString(TextVector.query("word17"))
            .addArrayOfString(new String[] {ROOM, "!r2:test"})
            .addArrayOfString(new String[] {"m.room.message"})
            .addString(null)
            .addLong(Long.MAX_VALUE)
            .addInteger(1_000)
            .addString(TextVector.query("word17"));
    assertThat(folded.plan(SearchIndex.FIND, question))
        .contains("search_event_words")
        .doesNotContain("Seq Scan");
  }
}
