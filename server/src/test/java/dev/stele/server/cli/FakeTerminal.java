package dev.stele.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of which a test is the operator. */
final class FakeTerminal {
  final Map<String, String> environment = new HashMap<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  Runnable stop = () -> {};
  final List<Integer> halts = new ArrayList<>();

  Terminal terminal() {
    return new Terminal(
        environment,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        asked -> stop = asked,
        halts::add);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
