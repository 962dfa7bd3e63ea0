package dev.stele.stateres.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Random JSON that has a strict Canonical JSON. */
public final class RandomJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RandomJson() {}

  public static Arbitrary<String> texts() {
    return objects().map(ObjectNode::toString);
  }

  public static Arbitrary<ObjectNode> objects() {
    return objects(values(2), strings());
  }

  public static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            strings().map(JSON::textNode),
            Arbitraries.longs()
                .between(-CanonicalJson.MAX_INTEGER, CanonicalJson.MAX_INTEGER)
                .map(
                    n ->
                        n == (int) (long) n ? JSON.numberNode((int) (long) n) : JSON.numberNode(n)),
            Arbitraries.of(JSON.booleanNode(true), JSON.booleanNode(false), JSON.nullNode()));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> inner = values(depth - 1);
    return Arbitraries.oneOf(
        scalars,
        objects(inner, strings()).map(JsonNode.class::cast),
        inner.list().ofMaxSize(3).map(list -> JSON.arrayNode().addAll(list)));
  }

  /** Objects with these values at these keys. */
  public static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values, Arbitrary<String> keys) {
    return Arbitraries.maps(keys, values).ofMaxSize(5).map(RandomJson::object);
  }

  private static ObjectNode object(Map<String, JsonNode> fields) {
    ObjectNode object = JSON.objectNode();
    var unused = object.setAll(fields);
    return object;
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.strings()
        .withChars('a', 'b', '"', '\\', '\n', '\u0001', '\u007f', 'ü', '\u2028', '\uffff')
        .ofMaxLength(6)
        .flatMap(s -> Arbitraries.of(s, s + "\uD83D\uDE00", s + "z"));
  }
}
