package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files whole; the name {@code -} means standard input. */
final class Files {
  private final InputStream standardInput;

  Files(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  byte[] read(String name) {
    try {
      return name.equals("-")
          ? standardInput.readAllBytes()
          : java.nio.file.Files.readAllBytes(Path.of(name));
    } catch (NoSuchFileException e) {
      throw new BadInput(name + ": no such file");
    } catch (IOException | InvalidPathException e) {
      throw new BadInput(name + ": cannot be read: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      throw new BadInput(name + ": too large for the memory of this process");
    }
  }

  JsonNode json(String name) {
    try {
      return StrictJson.parse(read(name));
    } catch (InvalidJson e) {
      throw new BadInput(name + ": " + e.getMessage());
    }
  }

  ObjectNode object(String name) {
    if (json(name) instanceof ObjectNode object) {
      return object;
    }
    throw new BadInput(name + ": expected a JSON object");
  }
}
