package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rivulet ask}: a query, printed as a table with a sparkline. */
@Command(
    name = "ask",
    synopsisSubcommandLabel = "QUESTION",
    description = "Asks the server for a number and prints it as a table, or as JSON.",
    subcommands = {
      Ask.Count.class,
      Ask.Uniques.class,
      Ask.Top.class,
      Ask.Recent.class,
      Ask.Events.class,
      Ask.Status.class,
      Ask.Online.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  rivulet ask events",
      "  rivulet ask count signup --last 24h --step 1h --by plan",
      "  rivulet ask uniques --last 7d --step 1d",
      "  rivulet ask top request path --last 24h --limit 10",
      "  rivulet ask count request --from 2026-02-10T00:00:00Z --to 2026-02-11T00:00:00Z",
      "  rivulet ask status --json"
    })
final class Ask implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        RivuletCommand.of(spec),
        "Ask what? Say count, uniques, top, recent, events, status or online");
  }

  /** What every question shares. */
  abstract static class Question implements Callable<Integer> {
    @Option(names = "--json", description = "Print the answer as the server gives it.")
    private boolean json;

    @Option(names = "--project", paramLabel = "ID", description = "The project (default: default).")
    private @Nullable String project;

    @Option(
        names = "--timezone",
        paramLabel = "ZONE",
        description =
            "Days begin and times are shown in this zone (default: the project's, shown in UTC).")
    private @Nullable ZoneId zone;

    @Spec private @Nullable CommandSpec spec;

    /** The path asked. */
    abstract String path();

    /** Its parameters; those that are null are left out. */
    abstract Map<String, @Nullable String> parameters();

    /** How the answer is shown. */
    abstract Function<JsonNode, List<String>> shown(Answers answers);

    @Override
    public final Integer call() {
      var given = new LinkedHashMap<String, String>();
      parameters()
          .forEach(
              (name, value) -> {
                if (value != null) {
                  given.put(name, value);
                }
              });
      if (project != null) {
        given.put("project", project);
      }
      if (zone != null) {
        given.put("tz", zone.getId());
      }
      var answer = new ApiClient(Environment.of(System.getenv())).ask(path(), given);
      var terminal = Terminal.of(RivuletCommand.of(spec));
      if (json) {
        terminal.print(answer.toPrettyString());
      } else {
        var answers = new Answers(zone == null ? ZoneId.of("UTC") : zone);
        shown(answers).apply(answer).forEach(terminal::print);
      }
      return 0;
    }
  }

  /** The time asked about. */
  static final class Span {
    private static final String LAST = "24h";

    @Option(names = "--last", paramLabel = "DURATION", description = "Until now (default: 24h).")
    private @Nullable String last;

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "Instead: from this time, such as 2026-11-22T10:00:00Z,")
    private @Nullable String from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "until before this one (default: now).")
    private @Nullable String to;

    /** The parameters of the span, and others. */
    Map<String, @Nullable String> with(@Nullable String... others) {
      var all = Ask.parameters(others);
      all.put("last", last == null && from == null && to == null ? LAST : last);
      all.put("from", from);
      all.put("to", to);
      return all;
    }
  }

  /** Parameters in the order given; {@code name, value, name, value, …}. */
  private static Map<String, @Nullable String> parameters(@Nullable String... pairs) {
    var parameters = new LinkedHashMap<String, @Nullable String>();
    for (var i = 0; i + 1 < pairs.length; i += 2) {
      parameters.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return parameters;
  }

  @Command(name = "count", description = "How often an event happened.", sortOptions = false)
  static final class Count extends Question {
    @Parameters(paramLabel = "EVENT", description = "The event's name.")
    private String event = "";

    @Mixin private Span span = new Span();

    @Option(names = "--step", paramLabel = "STEP", description = "1m, 15m, 1h, 1d, 1w or 1M.")
    private String step = "1h";

    @Option(names = "--by", paramLabel = "PROPERTY", description = "Broken down by this property.")
    private @Nullable String by;

    @Override
    String path() {
      return "/api/v1/events/count";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return span.with("event", event, "step", step, "by", by);
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::count;
    }
  }

  @Command(name = "uniques", description = "How many different people.", sortOptions = false)
  static final class Uniques extends Question {
    @Parameters(
        paramLabel = "EVENT",
        arity = "0..1",
        description = "Those who did this (default: anything).")
    private @Nullable String event;

    @Mixin private Span span = new Span();

    @Option(names = "--step", paramLabel = "STEP", description = "1h, 1d, 1w or 1M.")
    private String step = "1h";

    @Override
    String path() {
      return "/api/v1/events/uniques";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return span.with("event", event, "step", step);
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::uniques;
    }
  }

  @Command(
      name = "top",
      description = "The most frequent values of a property.",
      sortOptions = false)
  static final class Top extends Question {
    @Parameters(index = "0", paramLabel = "EVENT", description = "The event's name.")
    private String event = "";

    @Parameters(index = "1", paramLabel = "PROPERTY", description = "The property's name.")
    private String property = "";

    @Mixin private Span span = new Span();

    @Option(names = "--limit", paramLabel = "N", description = "How many (default: 10).")
    private int limit = 10;

    @Override
    String path() {
      return "/api/v1/events/top";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return span.with("event", event, "property", property, "limit", Integer.toString(limit));
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::top;
    }
  }

  @Command(name = "recent", description = "The newest events.", sortOptions = false)
  static final class Recent extends Question {
    @Option(names = "--limit", paramLabel = "N", description = "How many (default: 20).")
    private int limit = 20;

    @Override
    String path() {
      return "/api/v1/events/recent";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return Ask.parameters("limit", Integer.toString(limit));
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::recent;
    }
  }

  @Command(name = "events", description = "The names of events seen, with totals.")
  static final class Events extends Question {
    @Override
    String path() {
      return "/api/v1/events";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return Map.of();
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::names;
    }
  }

  @Command(name = "status", description = "What was taken in, folded, refused; and the lag.")
  static final class Status extends Question {
    @Override
    String path() {
      return "/api/v1/status";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return Map.of();
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::status;
    }
  }

  @Command(name = "online", description = "People with an event in the last 5 minutes.")
  static final class Online extends Question {
    @Override
    String path() {
      return "/api/v1/online";
    }

    @Override
    Map<String, @Nullable String> parameters() {
      return Map.of();
    }

    @Override
    Function<JsonNode, List<String>> shown(Answers answers) {
      return answers::online;
    }
  }
}
