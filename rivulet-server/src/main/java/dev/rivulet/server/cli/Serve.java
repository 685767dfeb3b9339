package dev.rivulet.server.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a server until the process is told to stop. */
@Command(
    name = "serve",
    description = "Runs the server.",
    modelTransformer = ServerOptions.class,
    footer = {
      "",
      "Each flag may also be given as an environment variable, such as RIVULET_PORT.",
      "Keys are made at the first start; RIVULET_ADMIN_KEY, RIVULET_WRITE_KEY and",
      "RIVULET_READ_KEY set them."
    })
final class Serve implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var line = RivuletCommand.of(spec);
    var settings = ServerOptions.settings(line.getCommandSpec(), System.getenv());
    var running = RunningServer.start(settings, () -> {});
    running.introduce(settings, line.getOut());
    running.ready(line.getOut());
    running.await();
    return 0;
  }
}
