package dev.stele.load.scenario;

import dev.stele.load.client.Answer;
import dev.stele.load.client.User;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Users upload files and download them again.
 *
 * @param users how many
 * @param bytes size of a file
 */
public record Media(int users, int bytes) implements Scenario {
  private static final String UPLOAD = "/_matrix/media/v3/upload?filename=load.bin";
  private static final String DOWNLOAD = "/_matrix/client/v1/media/download/";
  private static final String TYPE = "application/octet-stream";

  public Media {
    Pace.requireAtLeast("users", users, 1);
    Pace.requireAtLeast("bytes", bytes, 1);
  }

  @Override
  public String name() {
    return "media";
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("users", users, "bytes", bytes);
  }

  @Override
  public Play prepare(Stage stage) {
    List<User> all = stage.cast().users(users, "f");
    User first = all.get(0);
    Answer probe =
        stage
            .cast()
            .each("files", 1, i -> first.ask(() -> first.upload(UPLOAD, TYPE, Buffer.buffer("x"))))
            .get(0);
    if (probe.notServed()) {
      throw new NotServed("media: POST /_matrix/media/v3/upload", probe);
    }
    return Play.of(
        Audience.nobody(),
        IntStream.range(0, users)
            .mapToObj(
                i -> {
                  Exchange exchange = new Exchange(stage, all.get(i), file(stage.seed(i)));
                  return new Actor(stage, all.get(i), stage.schedule(i, users), exchange::perform);
                })
            .toList());
  }

  private Buffer file(long seed) {
    byte[] content = new byte[bytes];
    new SplittableRandom(seed).nextBytes(content);
    return Buffer.buffer(content);
  }

  /** One user's file, up and down. */
  private static final class Exchange {
    private final Stage stage;
    private final User user;
    private final Buffer file;
    private final Operation upload;
    private final Operation download;

    Exchange(Stage stage, User user, Buffer file) {
      this.stage = stage;
      this.user = user;
      this.file = file;
      this.upload = stage.meter().operation("upload");
      this.download = stage.meter().operation("download");
    }

    Future<?> perform(long since) {
      return stage
          .time(upload, since, user.upload(UPLOAD, TYPE, file))
          .map(answer -> answer.text("content_uri").replaceFirst("^mxc://", ""))
          .compose(
              name -> stage.time(download, stage.stopwatch().micros(), user.get(DOWNLOAD + name)))
          .onSuccess(
              answer ->
                  stage
                      .findings()
                      .verify(answer.body().equals(file), "a file came back as another one"));
    }
  }
}
