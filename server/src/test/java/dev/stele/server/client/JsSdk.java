package dev.stele.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.folivo.trixnity.core.model.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * A process of Node with clients of matrix-js-sdk that do what they are told; what they can do is
 * in {@code device.mjs}. Of one thread at a time.
 */
final class JsSdk implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long LIMIT_SECONDS = 80;
  private static final String OK = "ok";

  private final Process process;
  private final BufferedWriter told;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private int calls;

  /** Why there will be no answers any more. */
  private volatile @Nullable IOException end;

  JsSdk(String url) throws IOException, InterruptedException {
    ProcessBuilder program = NodeProject.prepare().program("told.mjs");
    program.environment().put("STELE_URL", url);
    process = program.start();
    told = process.outputWriter(StandardCharsets.UTF_8);
    Thread listener = new Thread(this::listen, "listens to Node");
    listener.setDaemon(true);
    listener.start();
  }

  /** Logs a user in on a new device, which is called by a name of its own from now on. */
  Device logIn(String user, String password, String name) {
    JsonNode account = send(null, "logIn", user, password, name).await();
    return new Device(name, account.path("userId").asText(), account.path("deviceId").asText());
  }

  /** Has a recovery key at hand that the user wrote down before. */
  void writeDown(String user, String recoveryKey) {
    send(null, "writeDown", user, recoveryKey).await();
  }

  /** One of the clients. */
  final class Device implements PrivateClient {
    private final String name;
    private final String userId;
    private final String deviceId;

    private Device(String name, String userId, String deviceId) {
      this.name = name;
      this.userId = userId;
      this.deviceId = deviceId;
    }

    @Override
    public String userId() {
      return userId;
    }

    @Override
    public String deviceId() {
      return deviceId;
    }

    @Override
    public void knows(PrivateClient other, Runnable change) {
      call("knows", other.userId(), other.deviceId());
    }

    @Override
    public void shows(RoomId room, String eventId, String text) {
      call("shows", room.getFull(), eventId, text);
    }

    /** Calls one of its functions, and waits for what that gives. */
    @CanIgnoreReturnValue
    JsonNode call(String function, Object... arguments) {
      return later(function, arguments).await();
    }

    /** The same, of a function that gives a string. */
    String text(String function, Object... arguments) {
      return call(function, arguments).asText();
    }

    /** Calls one of its functions, and does not wait yet. */
    Pending later(String function, Object... arguments) {
      return send(name, function, arguments);
    }
  }

  /** A call that has been made. */
  record Pending(String what, CompletableFuture<JsonNode> answer) {
    /** Waits for what it gives. */
    @CanIgnoreReturnValue
    JsonNode await() {
      try {
        JsonNode said = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!said.has(OK)) {
          throw new AssertionError(said.path("failed").asText());
        }
        return said.path(OK);
      } catch (TimeoutException e) {
        throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what, e);
      } catch (ExecutionException e) {
        throw new AssertionError(what + ": " + e.getCause().getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(what, e);
      }
    }
  }

  private Pending send(@Nullable String device, String function, Object... arguments) {
    int id = ++calls;
    ObjectNode call = JsonNodeFactory.instance.objectNode().put("id", id).put("call", function);
    call.put("device", device);
    ArrayNode args = call.putArray("args");
    for (Object argument : arguments) {
      args.add(MAPPER.<JsonNode>valueToTree(argument));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    if (end != null) {
      answer.completeExceptionally(end);
    }
    try {
      told.write(call + "\n");
      told.flush();
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
    return new Pending((device == null ? "Node" : device) + ": " + function, answer);
  }

  /** What is no answer is said when there will be none any more. */
  private void listen() {
    StringBuilder other = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"id\":")) {
          JsonNode answer = MAPPER.readTree(line);
          waiting.remove(answer.path("id").asInt()).complete(answer);
        } else {
          other.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      other.append(e);
    }
    IOException ended = new IOException("Node has ended; it said:\n" + other);
    end = ended;
    waiting.values().forEach(answer -> answer.completeExceptionally(ended));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      told.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
