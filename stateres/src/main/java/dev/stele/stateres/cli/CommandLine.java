package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.json.InvalidJson;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Finds the command, runs it, and prints what came of it. */
final class CommandLine {
  private static final int BAD_INPUT = 2;
  private static final Map<String, Command> COMMANDS =
      Map.of(
          "resolve", new Resolve(),
          "auth", new Auth(),
          "hash", new Hash(),
          "redact", new Redact(),
          "sign", new Sign(),
          "verify", new Verify());
  private static final String USAGE =
      """
      usage: java -jar stateres.jar COMMAND OPTIONS
        resolve --room-version V --events FILE --state-sets FILE [--rejected FILE]
        auth    --room-version V --events FILE [--against auth-events|state]
        hash    --room-version V --event FILE
        redact  --room-version V --event FILE
        sign    (--room-version V --event FILE | --object FILE) --server NAME --key FILE
        verify  (--room-version V --event FILE | --object FILE) --server NAME --key-id ID --public-key BASE64
      FILE may be - for standard input. Events: one JSON object a line, with its event_id.
      """;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  CommandLine(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** The status of the process. */
  int run(String... args) {
    if (args.length > 0 && (args[0].equals("--help") || args[0].equals("help"))) {
      print(USAGE);
      return 0;
    }
    try {
      print(answer(args) + "\n");
      return 0;
    } catch (BadInput e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (InvalidJson e) {
      return refuse("no canonical JSON: " + e.getMessage());
    } catch (RuntimeException e) {
      return refuse("a defect of this program: " + e);
    }
  }

  private String answer(String... args) {
    Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (command == null) {
      throw new BadInput(
          "expected a command: resolve, auth, hash, redact, sign or verify (--help)");
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    Options options = Options.parse(rest, command.options(), new Files(in));
    JsonNode answer = command.run(options);
    boolean ofRoom = options.has("room-version");
    Numbers numbers = ofRoom ? EventHashes.numbersOf(options.roomVersion()) : Numbers.STRICT;
    return CanonicalJson.encodeToString(answer, numbers);
  }

  private void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private int refuse(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ");
    byte[] bytes = ("stateres: " + line + "\n").getBytes(StandardCharsets.UTF_8);
    err.write(bytes, 0, bytes.length);
    err.flush();
    return BAD_INPUT;
  }
}
