package dev.stele.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stele.testing.HomeserverExtension;
import dev.stele.testing.TestHomeserver.Account;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GreetingBotTest {
  @RegisterExtension
  static final HomeserverExtension stele = new HomeserverExtension("default_room_version: \"11\"");

  @Test
  void bot_knowsWhoItIs() throws Exception {
    Account bot = stele.register("bot");

    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stele.url() + "/_matrix/client/v3/account/whoami"))
            .header("Authorization", "Bearer " + bot.accessToken())
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("@bot:stele.test"));
  }
}
