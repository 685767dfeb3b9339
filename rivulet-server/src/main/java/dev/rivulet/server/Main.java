package dev.rivulet.server;

import dev.rivulet.server.cli.RivuletCommand;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(RivuletCommand.commandLine().execute(arguments));
  }
}
