package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Role;
import dev.rivulet.server.RivuletServer;
import dev.rivulet.server.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Has a view folded again from the log, and waits until it answers. Through the running server if
 * there is one, since it holds the data; else through one of its own for the time being.
 */
@Command(
    name = "rebuild",
    description = "Folds a view again from the log, beside the one that answers meanwhile.",
    modelTransformer = ServerOptions.class)
final class RebuildCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 500;
  private static final int ACCEPTED = 202;

  @Option(
      names = "--view",
      required = true,
      paramLabel = "VIEW",
      description = "The view, for example counts; an unknown one names those that exist.")
  private String view = "";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var line = RivuletCommand.of(spec);
    var environment = Environment.of(System.getenv());
    var api = new ApiClient(environment);
    if (isRunning(api)) {
      String key = environment.keys().admin();
      if (key == null) {
        throw new CommandFailure(
            "rebuilding takes the admin key, which is in %s. Set RIVULET_ADMIN_KEY"
                .formatted(environment.keys().source()));
      }
      rebuild(api, key, line.getOut());
      return 0;
    }
    Settings settings = ServerOptions.settings(line.getCommandSpec(), System.getenv());
    try (var server = RivuletServer.start(settings.onFreePort())) {
      String key = UUID.randomUUID().toString();
      server.rivulet().projects().trust(key, new Access(Project.DEFAULT, Role.ADMIN));
      var keys = new Keys(key, null, null, "this command");
      var own = new ApiClient(new Environment(server.address(), settings.data(), keys));
      rebuild(own, key, line.getOut());
      return 0;
    }
  }

  private static boolean isRunning(ApiClient api) {
    try {
      api.store();
      return true;
    } catch (CommandFailure unreachable) {
      return false;
    }
  }

  private void rebuild(ApiClient api, String key, PrintWriter out) throws InterruptedException {
    Map<Integer, Integer> before = generations(status(api, key));
    String path = "/api/v1/views/" + URLEncoder.encode(view, StandardCharsets.UTF_8) + "/rebuild";
    var answer =
        api.send(
            api.request(path, Map.of(), key).POST(HttpRequest.BodyPublishers.noBody()).build());
    if (answer.statusCode() != ACCEPTED) {
      throw new CommandFailure(api.refusal(answer.statusCode(), answer.body()));
    }
    String shown = "";
    while (true) {
      Thread.sleep(LOOK_MILLIS);
      JsonNode status = status(api, key);
      JsonNode filling = status.path("filling").path(view);
      if (filling.isMissingNode() && allNewer(before, generations(status))) {
        out.println("The view " + view + " is up to date.");
        out.flush();
        return;
      }
      String progress = String.format(Locale.ROOT, "%.0f %%", 100 * filling.asDouble(0));
      if (!progress.equals(shown)) {
        out.println(view + " " + progress);
        out.flush();
        shown = progress;
      }
    }
  }

  private static JsonNode status(ApiClient api, String key) {
    var answer = api.send(api.request("/api/v1/status", Map.of(), key).GET().build());
    if (answer.statusCode() != 200) {
      throw new CommandFailure(api.refusal(answer.statusCode(), answer.body()));
    }
    try {
      return ApiClient.JSON.readTree(answer.body());
    } catch (IOException notJson) {
      throw new CommandFailure("the server's status is not JSON", notJson);
    }
  }

  /** The view's generation by partition, where anything was folded yet. */
  private Map<Integer, Integer> generations(JsonNode status) {
    var generations = new TreeMap<Integer, Integer>();
    for (JsonNode row : status.path("partitions")) {
      row.path("views")
          .fields()
          .forEachRemaining(
              entry -> {
                if (entry.getKey().startsWith(view + "/")) {
                  generations.merge(
                      row.path("partition").asInt(), entry.getValue().asInt(), Math::max);
                }
              });
    }
    return generations;
  }

  private static boolean allNewer(Map<Integer, Integer> before, Map<Integer, Integer> now) {
    return before.entrySet().stream()
        .allMatch(entry -> now.getOrDefault(entry.getKey(), 0) > entry.getValue());
  }
}
