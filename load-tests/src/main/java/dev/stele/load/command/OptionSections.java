package dev.stele.load.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Lists a command's options in help below the heading of the mixin that brings them. Picocli's own
 * groups would do so too, but forget one group's values when an option of another is repeated.
 */
final class OptionSections {
  private static final List<Section> SECTIONS =
      List.of(
          new Section("server", "The server and its users:"),
          new Section("pace", "How much, how long:"),
          new Section("output", "Output:"));
  private static final String OWN = "The scenario:";

  private OptionSections() {}

  /** The field of a mixin, and what is said of it. */
  private record Section(String mixin, String heading) {}

  static void install(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionSections::render);
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    sections(help.commandSpec())
        .forEach(
            (heading, options) -> {
              Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
              layout.addOptions(options, help.parameterLabelRenderer());
              text.append(String.format("%n%s%n%s", heading, layout));
            });
    return text.toString();
  }

  private static Map<String, List<OptionSpec>> sections(CommandSpec spec) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    sections.put(OWN, new ArrayList<>());
    SECTIONS.forEach(section -> sections.put(section.heading(), new ArrayList<>()));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        sections.getOrDefault(heading(spec, option), new ArrayList<>()).add(option);
      }
    }
    return sections;
  }

  private static String heading(CommandSpec spec, OptionSpec option) {
    for (Section section : SECTIONS) {
      CommandSpec mixin = spec.mixins().get(section.mixin());
      if (mixin != null && mixin.optionsMap().containsKey(option.longestName())) {
        return section.heading();
      }
    }
    return OWN;
  }
}
