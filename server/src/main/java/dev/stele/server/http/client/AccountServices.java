package dev.stele.server.http.client;

import dev.stele.server.account.Attempts;
import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.Backups;
import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.Inboxes;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.RecordLog;
import dev.stele.server.room.RoomShards;
import dev.stele.server.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/** What {@link AccountApi} builds upon. */
public record AccountServices(
    Vertx vertx,
    Settings settings,
    RecordLog log,
    Accounts accounts,
    UserData userData,
    EncryptionKeys encryptionKeys,
    Inboxes inboxes,
    Backups backups,
    Rooms rooms,
    RoomShards shards,
    Attempts passwordAttempts,
    InstantSource clock,
    MeterRegistry meters) {}
