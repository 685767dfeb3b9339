package dev.rivulet.server.cli;

import dev.rivulet.server.Spelling;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The root of the command line. Exit status: 0 when all was done, 1 when it could not be, 2 for a
 * command line that makes no sense.
 */
@Command(
    name = "rivulet",
    synopsisSubcommandLabel = "COMMAND",
    description = "Real-time analytics on Redis: events in, live numbers out, exactly once.",
    subcommands = {
      Serve.class,
      DemoCommand.class,
      RebuildCommand.class,
      Import.class,
      Tail.class,
      Ask.class,
      Doctor.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nThe commands import, tail, ask and doctor talk to a server:%n",
    footer = {
      "  RIVULET_URL        its address (http://127.0.0.1:8321)",
      "  RIVULET_ADMIN_KEY, RIVULET_WRITE_KEY, RIVULET_READ_KEY",
      "                     its keys (without any: those of a local server,",
      "                     from its data directory)",
      "  RIVULET_DATA       that data directory (~/.rivulet)"
    })
public final class RivuletCommand implements Runnable {
  /** The exit status of a command that could not do all it was asked. */
  static final int FAILED = 1;

  /** Letters by which a word may be off and still be understood. */
  private static final int SLIPS = 2;

  /** The command line, ready to {@code execute}. */
  public static CommandLine commandLine() {
    var line = new CommandLine(new RivuletCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.registerConverter(Duration.class, RivuletCommand::duration);
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          command.getErr().println("rivulet: " + said(problem));
          command.getErr().flush();
          return FAILED;
        });
    line.setParameterExceptionHandler(RivuletCommand::misused);
    addHelp(line);
    return line;
  }

  /** A mistake takes two lines, not the whole of the help. */
  private static int misused(CommandLine.ParameterException mistake, String[] arguments) {
    var command = mistake.getCommandLine();
    var err = command.getErr();
    err.println("rivulet: " + mistake.getMessage());
    String near = meant(mistake);
    if (near != null) {
      err.println("Is " + near + " meant?");
    } else {
      err.println("See: " + command.getCommandSpec().qualifiedName(" ") + " --help");
    }
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The option or command that a misspelt one is nearest to. */
  private static @Nullable String meant(CommandLine.ParameterException mistake) {
    if (!(mistake instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return null;
    }
    var spec = mistake.getCommandLine().getCommandSpec();
    var known = new ArrayList<String>(spec.optionsMap().keySet());
    known.addAll(spec.subcommands().keySet());
    String given = unmatched.getUnmatched().get(0).split("=", 2)[0];
    return Spelling.nearest(given, known, SLIPS);
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(false);
    if (line.getCommandSpec().findOption("--help") == null) {
      line.getCommandSpec()
          .addOption(
              CommandLine.Model.OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .type(boolean.class)
                  .description("Shows this.")
                  .build());
    }
    line.getSubcommands().values().forEach(RivuletCommand::addHelp);
  }

  @Override
  public void run() {
    commandLine().usage(System.out);
  }

  /** The command line a command was called from; picocli sets the specification before the call. */
  static CommandLine of(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "not called by picocli").commandLine();
  }

  /** A failure in words: its own if it has some, else what kind of failure it is. */
  private static String said(Throwable problem) {
    var message = problem.getMessage();
    if (problem instanceof CommandFailure && message != null) {
      return message;
    }
    return message == null
        ? problem.toString()
        : problem.getClass().getSimpleName() + ": " + message;
  }

  /** Durations as the interface writes them: {@code 90s}, {@code 15m}, {@code 1h}, {@code 7d}. */
  static Duration duration(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    try {
      return Duration.parse(lower.endsWith("d") ? "p" + lower : "pt" + lower);
    } catch (DateTimeParseException noDuration) {
      throw new TypeConversionException(
          "\"%s\" is not a duration; write 90s, 15m, 1h or 7d".formatted(text));
    }
  }
}
