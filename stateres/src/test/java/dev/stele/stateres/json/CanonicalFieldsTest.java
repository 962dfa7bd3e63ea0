package dev.stele.stateres.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Encodings that are put together are those that an encoder writes at once. */
final class CanonicalFieldsTest {

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void encode_anyObjectAndChange_isTheCanonicalJson(
      @ForAll("objects") ObjectNode object,
      @ForAll("objects") ObjectNode changes,
      @ForAll("objects") ObjectNode left) {
    Set<String> names = Set.copyOf(left.properties().stream().map(e -> e.getKey()).toList());
    CanonicalFields fields = CanonicalFields.of(object, Numbers.STRICT);
    assertEncodes(fields, object, names);
    CanonicalFields variant = fields.only(names);
    ObjectNode kept = object.deepCopy().retain(names);
    assertEncodes(variant, kept, Set.of());
    for (String name : List.copyOf(changes.properties().stream().map(e -> e.getKey()).toList())) {
      JsonNode value = changes.get(name);
      fields.put(name, value);
      object.set(name, value);
      variant.put(name, JsonNodeFactory.instance.arrayNode().add(value));
      kept.set(name, JsonNodeFactory.instance.arrayNode().add(value));
    }
    assertEncodes(fields, object, names);
    assertEncodes(variant, kept, Set.of());
  }

  private static void assertEncodes(
      CanonicalFields fields, ObjectNode object, Set<String> without) {
    assertThat(fields.encodeToString()).isEqualTo(CanonicalJson.encodeToString(object));
    assertThat(fields.size()).isEqualTo(CanonicalJson.encode(object).length);
    assertThat(fields.encodeWithout(without))
        .isEqualTo(CanonicalJson.encodeWithout(object, without, Numbers.STRICT));
  }

  @Test
  void encode_noFields_isTheEmptyObject() {
    CanonicalFields fields =
        CanonicalFields.of(JsonNodeFactory.instance.objectNode(), Numbers.STRICT);
    assertThat(fields.encodeToString()).isEqualTo("{}");
    assertThat(fields.size()).isEqualTo(2);
  }

  @Provide
  static Arbitrary<ObjectNode> objects() {
    return RandomJson.objects();
  }
}
