package dev.rivulet.server.cli;

import dev.rivulet.server.Setting;
import dev.rivulet.server.Settings;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives the commands that run a server a flag for each {@link Setting}. */
public final class ServerOptions implements CommandLine.IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec spec) {
    for (Setting setting : Setting.values()) {
      String flag = setting.flag();
      if (flag != null) {
        String otherwise = setting.otherwise();
        spec.addOption(
            OptionSpec.builder(flag)
                .type(String.class)
                .paramLabel(setting.unit().toUpperCase(Locale.ROOT).replace(' ', '-'))
                .description(
                    setting.meaning() + (otherwise == null ? "" : " Default: " + otherwise))
                .build());
      }
    }
    return spec;
  }

  /**
   * The settings of a parsed command.
   *
   * @throws CommandFailure naming the setting that is wrong
   */
  static Settings settings(CommandSpec spec, Map<String, String> environment) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    for (Setting setting : Setting.values()) {
      String flag = setting.flag();
      if (flag != null) {
        OptionSpec option = spec.commandLine().getParseResult().matchedOption(flag);
        if (option != null && option.getValue() != null) {
          flags.put(setting, option.<String>getValue());
        }
      }
    }
    try {
      return Settings.of(flags, environment);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
