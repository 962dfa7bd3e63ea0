package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void take_missing_isMadeForItsOwnerAlone() throws IOException {
    Path path = directory.resolve("a/b");

    try (DataDirectory taken = DataDirectory.take(path)) {
      assertThat(taken.isNew()).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
    try (DataDirectory again = DataDirectory.take(path)) {
      assertThat(again.isNew()).isFalse();
    }
  }

  @Test
  void take_held_isRefused() {
    try (DataDirectory held = DataDirectory.take(directory)) {
      assertThatThrownBy(() -> DataDirectory.take(held.path()))
          .isInstanceOf(CannotRun.class)
          .hasMessage("data_dir: " + directory + " is in use by another Stele");
    }
  }

  @Test
  void take_belowAFile_isRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.take(file.resolve("data")))
        .isInstanceOf(CannotRun.class)
        .hasMessageStartingWith("data_dir: " + file);
  }
}
