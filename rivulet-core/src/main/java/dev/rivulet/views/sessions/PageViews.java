package dev.rivulet.views.sessions;

import dev.rivulet.event.Event;
import dev.rivulet.event.Properties;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events say that a page was seen, and which page. These are the names under which Segment,
 * Plausible, PostHog and the import of access logs bring them.
 */
final class PageViews {
  /** Characters of a page that are kept. */
  static final int MOST_CHARS = 256;

  private static final Set<String> NAMES =
      Set.of("page", "pageview", "$pageview", "screen", "$screen", "request");
  private static final List<String> PATHS = List.of("path", "$pathname");
  private static final List<String> ADDRESSES = List.of("url", "$current_url");
  private static final List<String> TITLES = List.of("name", "$screen_name");

  private PageViews() {}

  static boolean is(Event event) {
    return NAMES.contains(event.name());
  }

  /** The page's path, else the path of its address, else its name; null when none is told. */
  static @Nullable String page(Properties properties) {
    String page = first(properties, PATHS);
    if (page == null) {
      String address = first(properties, ADDRESSES);
      page = address == null ? first(properties, TITLES) : path(address);
    }
    return page == null || page.length() <= MOST_CHARS ? page : cut(page);
  }

  private static @Nullable String first(Properties properties, List<String> names) {
    for (String name : names) {
      if (properties.value(name) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }

  private static String path(String address) {
    try {
      String path = URI.create(address).getRawPath();
      return path == null || path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }

  /** Never in the middle of a character that takes two. */
  private static String cut(String page) {
    int end = Character.isHighSurrogate(page.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    return page.substring(0, end);
  }
}
