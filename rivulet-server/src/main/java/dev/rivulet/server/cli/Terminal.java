package dev.rivulet.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command writes.
 *
 * @param out for answers
 * @param err for progress and problems
 * @param ansi whether colours and moving lines are wanted: a terminal, and no {@code NO_COLOR}
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean ansi) {
  private static final String RESET = "\u001b[0m";

  /** The writers of a picocli command. */
  static Terminal of(picocli.CommandLine command) {
    return new Terminal(command.getOut(), command.getErr(), Ansi.AUTO.enabled());
  }

  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Colours for the parts of a line; without a terminal they are nothing. */
  enum Style {
    DIM(2),
    BOLD(1),
    RED(31),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    MAGENTA(35),
    CYAN(36);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  String styled(Style style, String text) {
    return ansi ? "\u001b[" + style.code + "m" + text + RESET : text;
  }
}
