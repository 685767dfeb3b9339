package dev.rivulet.server.cli;

import dev.rivulet.server.cli.imports.FileImport;
import dev.rivulet.server.cli.imports.ImportSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rivulet import}: a file becomes events, each line once. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Imports an access log, NDJSON or CSV, plain or gzip.",
      "",
      "A line of an access log becomes the event 'request' with the properties path, method, status,"
          + " bytes, referrer and userAgent; the person is the client address. Each line has an id"
          + " made of the file's content and its position: the same file counts once, however often"
          + " it is imported, and of a file that has grown only the new lines are sent. An import"
          + " that was interrupted goes on where it stopped.",
      "",
      "Lines that do not parse are reported with number and reason; the last line of the output says"
          + " how many lines were imported and how many were not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  rivulet import /var/log/nginx/access.log",
      "  zcat -f access.log* | rivulet import -",
      "  rivulet import --person address+agent access.log.gz",
      "  rivulet import orders.csv --event order --map user=customer,time=created",
      "",
      "Exit status: 0 when every line was imported or reported, 1 otherwise."
    })
final class Import implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description = "The file, or '-' for standard input (which cannot be resumed).")
  private String file = "-";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "combined, common, ndjson, csv or auto (default: auto, told from the first lines).")
  private ImportSettings.Format format = ImportSettings.Format.AUTO;

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN,…",
      description =
          "CSV: which column is user, time, event, id, or which property. Columns not named are"
              + " properties of their own name.")
  private @Nullable String map;

  @Option(
      names = "--event",
      paramLabel = "NAME",
      description = "The event's name, where the file does not say (access logs: request).")
  private @Nullable String event;

  @Option(
      names = "--person",
      paramLabel = "WHO",
      description = "address (default), or address+agent to tell people behind one address apart.")
  private String person = "address";

  @Option(names = "--project", paramLabel = "ID", description = "The project (default: default).")
  private @Nullable String project;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "CSV: where times without an offset were written (default: UTC).")
  private ZoneId zone = ZoneId.of("UTC");

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "How long to go on trying while the server takes nothing, such as 90s or 1h (default:"
              + " 10m).")
  private Duration timeout = Duration.ofMinutes(10);

  @Option(
      names = "--again",
      description =
          "Send also what an earlier import is known to have sent. Within 24 hours the server still"
              + " counts it once.")
  private boolean again;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var command = RivuletCommand.of(spec);
    var withAgent =
        switch (person) {
          case "address" -> false;
          case "address+agent" -> true;
          default ->
              throw new CommandLine.ParameterException(
                  command,
                  "--person is \"%s\"; it can be address or address+agent".formatted(person));
        };
    var settings = new ImportSettings(format, map, event, withAgent, project, zone, timeout, again);
    var environment = Environment.of(System.getenv());
    var terminal = Terminal.of(command);
    var report =
        new FileImport(
                new ApiClient(environment),
                settings,
                environment.data().resolve("imports"),
                terminal)
            .run(file.equals("-") ? null : Path.of(file));
    report.lines().forEach(terminal::print);
    return 0;
  }
}
