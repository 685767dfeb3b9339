package dev.rivulet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.policies.HeldState;
import dev.rivulet.query.ScatterGather;
import dev.rivulet.query.ViewNotReady;
import dev.rivulet.views.people.PersonProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Asks the rooms what they hold of a person. What is being filled cannot be told. */
final class HeldByViews implements HeldState {
  private static final JsonFactory JSON = new JsonFactory();

  private final ScatterGather queries;

  HeldByViews(ScatterGather queries) {
    this.queries = queries;
  }

  @Override
  public Map<String, Long> of(String project, String user) {
    Map<String, Long> held = new TreeMap<>();
    try {
      held.put("traits", members(queries.ask(new PersonProfile(project, user)).traits()));
    } catch (ViewNotReady e) {
      // The erasure reaches the filled view through the log all the same.
    }
    return held;
  }

  private static long members(String json) {
    long members = 0;
    try (var in = JSON.createParser(json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        in.nextToken();
        in.skipChildren();
        members++;
      }
      return members;
    } catch (IOException e) {
      throw new UncheckedIOException("stored traits are not JSON", e);
    }
  }
}
