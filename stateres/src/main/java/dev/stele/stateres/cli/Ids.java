package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Lists of event ids in files. */
final class Ids {
  private Ids() {}

  static List<String> of(String file, JsonNode array) {
    if (!array.isArray()) {
      throw new BadInput(file + ": expected an array of event ids");
    }
    var ids = new ArrayList<String>(array.size());
    for (JsonNode id : array) {
      if (!id.isTextual()) {
        throw new BadInput(file + ": expected an event id, found " + id.getNodeType());
      }
      ids.add(id.textValue());
    }
    return ids;
  }
}
