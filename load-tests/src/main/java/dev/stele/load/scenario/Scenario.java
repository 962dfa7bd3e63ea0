package dev.stele.load.scenario;

import java.util.Map;

/** Something that is done to a server, and measured. */
public interface Scenario {

  /** The command's name, and the result's. */
  String name();

  /** Its settings, as the result tells them. */
  Map<String, Object> settings();

  /**
   * Makes what the load needs, before anything is measured. Blocks.
   *
   * @throws NotServed when the server lacks what is to be measured
   */
  Play prepare(Stage stage);
}
