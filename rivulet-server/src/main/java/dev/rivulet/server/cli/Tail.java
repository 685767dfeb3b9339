package dev.rivulet.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.cli.Terminal.Style;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rivulet tail}: events as they become visible, until interrupted. */
@Command(
    name = "tail",
    sortOptions = false,
    description = {
      "Shows events as they come in.",
      "",
      "When more come than can be shown, a line says that some were left out. A broken connection is"
          + " taken up again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  rivulet tail", "  rivulet tail --event signup"})
final class Tail implements Callable<Integer> {
  /** The server sends a comment every 15 s; after three missing ones the connection is dead. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  @Option(names = "--event", paramLabel = "NAME", description = "Only events of this name.")
  private @Nullable String event;

  @Option(names = "--project", paramLabel = "ID", description = "The project (default: default).")
  private @Nullable String project;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Times are shown in this zone (default: this machine's).")
  private ZoneId zone = ZoneId.systemDefault();

  @Spec private @Nullable CommandSpec spec;

  private final SeenEvents seen = new SeenEvents();
  private final EventStream stream = new EventStream();
  private final AtomicLong lastLineNanos = new AtomicLong();

  @Override
  public Integer call() throws InterruptedException {
    var terminal = Terminal.of(RivuletCommand.of(spec));
    var environment = Environment.of(System.getenv());
    var api = new ApiClient(environment);
    var connectedOnce = false;
    var pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        follow(api, environment.keys().forReading(), terminal);
        connectedOnce = true;
        pause = FIRST_PAUSE_MILLIS;
      } catch (IOException broken) {
        if (!connectedOnce && stream.lastId() == null) {
          throw new CommandFailure(api.unreachable(broken), broken);
        }
        terminal.err().println("connection lost, trying again");
        terminal.err().flush();
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** Shows events until the connection ends. */
  private void follow(ApiClient api, @Nullable String key, Terminal terminal)
      throws IOException, InterruptedException {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("topics", "recent");
    if (project != null) {
      parameters.put("project", project);
    }
    var request =
        api.request("/api/v1/live", parameters, key).header("Accept", "text/event-stream");
    var resumeAfter = stream.lastId();
    if (resumeAfter != null) {
      request.header("Last-Event-ID", resumeAfter);
    }
    var answer = api.http().send(request.GET().build(), BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
        throw new IOException("the server answered " + answer.statusCode());
      }
      if (answer.statusCode() != 200) {
        throw new CommandFailure(api.refusal(answer.statusCode(), body.readNBytes(64 * 1024)));
      }
      lastLineNanos.set(System.nanoTime());
      var watch = closeWhenSilent(body);
      try {
        var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        stream.read(
            lines, message -> show(message, terminal), () -> lastLineNanos.set(System.nanoTime()));
      } finally {
        watch.interrupt();
      }
    }
  }

  private void show(String message, Terminal terminal) {
    JsonNode data;
    try {
      data = ApiClient.JSON.readTree(message);
    } catch (JsonProcessingException notJson) {
      throw new CommandFailure("the server sent a message that is not JSON", notJson);
    }
    if (!data.path("topic").asText().equals("recent")) {
      return;
    }
    var fresh = seen.take(data.path("events"));
    var more = data.path("more").asLong(0);
    if (more > 0) {
      terminal.print(terminal.styled(Style.DIM, "… %,d more".formatted(more)));
    } else if (fresh.missed()) {
      terminal.print(terminal.styled(Style.DIM, "… more, too fast to show"));
    }
    for (var item : fresh.events()) {
      if (event == null || event.equals(item.path("event").asText())) {
        terminal.print(EventLine.of(item, zone).styled(terminal));
      }
    }
  }

  private Thread closeWhenSilent(InputStream body) {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.nanoTime() - lastLineNanos.get() < SILENCE.toNanos()) {
                  Thread.sleep(1_000);
                }
                body.close();
              } catch (InterruptedException connectionEnded) {
                Thread.currentThread().interrupt();
              } catch (IOException alreadyClosed) {
                // The reader sees the end of the stream either way.
              }
            },
            "tail-watch");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }
}
