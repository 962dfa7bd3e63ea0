package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** One of the things that the process can be told to do. */
interface Command {
  /** The names of the options that it takes, without dashes. */
  Set<String> options();

  /** What is to be printed. */
  JsonNode run(Options options);
}
