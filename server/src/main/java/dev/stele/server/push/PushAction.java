package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a push rule does, in its JSON form. */
record PushAction(JsonNode json) {
  static final PushAction NOTIFY = new PushAction(JsonNodeFactory.instance.textNode("notify"));

  static PushAction tweak(String name) {
    return new PushAction(tweakJson(name));
  }

  static PushAction tweak(String name, String value) {
    return new PushAction(tweakJson(name).put("value", value));
  }

  private static ObjectNode tweakJson(String name) {
    return JsonNodeFactory.instance.objectNode().put("set_tweak", name);
  }
}
