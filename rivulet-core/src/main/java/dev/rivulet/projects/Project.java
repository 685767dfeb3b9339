package dev.rivulet.projects;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A body of events with its own keys and its own days.
 *
 * @param id {@code [A-Za-z0-9_.-]{1,64}}
 * @param timezone the zone in which its days begin; fixed once it has events
 * @param sites domains whose web pages report to it
 */
public record Project(String id, ZoneId timezone, List<String> sites) {
  /** The project that is meant when none is named. */
  public static final String DEFAULT = "default";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");
  private static final int MOST_SITES = 100;

  /**
   * @throws IllegalArgumentException naming the value that is wrong and what would be right
   */
  public Project {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "project '" + id + "' is not 1 to 64 of the characters A-Z a-z 0-9 _ . -");
    }
    if (sites.size() > MOST_SITES) {
      throw new IllegalArgumentException(
          sites.size() + " sites: a project has at most " + MOST_SITES);
    }
    for (String site : sites) {
      if (!SITE.matcher(site).matches()) {
        throw new IllegalArgumentException(
            "site '" + site + "' is not a domain such as shop.example");
      }
    }
    sites = List.copyOf(sites);
  }
}
