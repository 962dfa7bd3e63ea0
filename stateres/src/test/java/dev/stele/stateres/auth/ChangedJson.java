package dev.stele.stateres.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.StrictJson;

/** An object of which one field is changed. */
final class ChangedJson {
  private ChangedJson() {}

  /**
   * The object with the field that the pointer names set to a value, or removed where that is "-".
   */
  static String with(String json, String pointer, String value) {
    ObjectNode root = StrictJson.parseObject(json);
    int last = pointer.lastIndexOf('/');
    var parent = (ObjectNode) root.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    if (value.equals("-")) {
      parent.remove(name);
    } else {
      parent.set(name, StrictJson.parse(value));
    }
    return root.toString();
  }
}
