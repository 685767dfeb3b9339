package dev.rivulet.views.funnels;

import dev.rivulet.view.Filter;

/**
 * Conditions on the properties of an event, with the JSON they were read from.
 *
 * @param json the JSON object, without needless blanks
 * @param filter what it means
 */
public record Where(String json, Filter filter) {
  /** No condition. */
  public static final Where ALL = new Where("{}", Filter.ALL);

  /**
   * @throws IllegalArgumentException naming the part that is wrong and what would be right
   */
  public static Where parse(String json) {
    return json.equals(ALL.json) ? ALL : new Where(json, Filter.parse(json));
  }
}
