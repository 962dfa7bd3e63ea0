package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The data of one PostgreSQL: its files, its passwords and the programs to serve them with. A
 * cluster is made aside and moved into place when it is complete.
 */
record Cluster(Path data, Passwords passwords, Binaries binaries, Account account) {
  private static final String PASSWORDS = "stele.passwords";
  private static final String ACCESS = "host all postgres,stele 127.0.0.1/32 scram-sha-256\n";

  /** Opens the cluster below {@code directory}, after making it when there is none. */
  static Cluster open(Path directory, Binaries binaries, Account account)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    if (!Files.isDirectory(data)) {
      Path unfinished = directory.resolve("data-unfinished");
      Trees.delete(unfinished);
      initialise(unfinished, binaries, account);
      Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }
    if (!Files.getAttribute(data, "unix:uid").equals(account.owner())) {
      Trees.chown(data, account.owner());
    }
    return new Cluster(data, Passwords.read(data.resolve(PASSWORDS)), binaries, account);
  }

  private static void initialise(Path data, Binaries binaries, Account account)
      throws IOException, InterruptedException {
    Passwords passwords = Passwords.generate();
    Files.createDirectory(data);
    Trees.chown(data, account.owner());
    account.run(
        binaries.program("initdb"),
        List.of(
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions"),
        "");
    // Passwords go over standard input: they are in no process list.
    account.run(
        binaries.program("postgres"),
        List.of("--single", "-j", "-D", data.toString(), "postgres"),
        roles(passwords));
    Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
    passwords.write(data.resolve(PASSWORDS));
  }

  /** In single-user mode with -j, a semicolon and an empty line end each command. */
  private static String roles(Passwords passwords) {
    return """
        ALTER ROLE postgres PASSWORD '%s';

        CREATE ROLE stele LOGIN PASSWORD '%s';

        CREATE DATABASE stele OWNER stele;

        """
        .formatted(passwords.postgres(), passwords.stele());
  }
}
