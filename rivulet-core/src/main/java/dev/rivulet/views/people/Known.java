package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.PersonPages;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the views know of a person's actions.
 *
 * @param partition where the person lives
 * @param timeline the newest actions, all of them
 * @param names the texts of the profile's names
 */
record Known(int partition, Profile profile, Timeline timeline, List<String> names) {
  /** Reads those of {@code users} who did anything. */
  static Map<String, Known> read(Asking asking, String project, List<String> users) {
    Map<String, Known> people = new HashMap<>();
    if (users.isEmpty()) {
      return people;
    }
    List<byte[]> pages = new ArrayList<>();
    List<byte[]> timelines = new ArrayList<>();
    for (String user : users) {
      pages.add(PersonPages.field(project, user, ProfilesView.PAGE_BITS));
      timelines.add(PersonPages.field(project, user, ProfilesView.TIMELINE_BITS));
    }
    asking.scatter(
        ProfilesView.ROOM,
        (scope, reads) -> {
          List<String> names = new ArrayList<>();
          // In this order: a commit in between may move actions from the first to the second, and
          // give names to numbers.
          reads.hash(
              ProfilesView.pages(scope, project),
              pages,
              stored -> {
                for (int i = 0; i < users.size(); i++) {
                  String user = users.get(i);
                  ByteReader own = PersonPages.find(stored.get(i), project, user);
                  if (own != null) {
                    Profile profile = Profile.decode(own);
                    people.put(
                        user, new Known(scope.partition(), profile, profile.recent(), names));
                  }
                }
              });
          reads.hash(
              ProfilesView.timelines(scope, project),
              timelines,
              stored -> {
                for (int i = 0; i < users.size(); i++) {
                  Known known = people.get(users.get(i));
                  ByteReader own = PersonPages.find(stored.get(i), project, users.get(i));
                  if (own != null && known != null && known.partition == scope.partition()) {
                    known.timeline.addAll(Timeline.decode(own));
                  }
                }
              });
          reads.get(
              ProfilesView.names(scope, project),
              stored -> names.addAll(Dictionary.decode(stored)));
        });
    return people;
  }

  /** How often each action, the most frequent first. */
  Map<String, Long> actions() {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < profile.names(); i++) {
      counts.merge(names.get(profile.name(i)), profile.countOf(i), Long::sum);
    }
    if (profile.other() > 0) {
      counts.merge(Limits.OTHER, profile.other(), Long::sum);
    }
    Map<String, Long> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  static @Nullable String firstSeen(@Nullable Known known) {
    return known == null ? null : Times.iso(known.profile.first());
  }

  static @Nullable String lastSeen(@Nullable Known known) {
    return known == null ? null : Times.iso(known.profile.last());
  }

  static long total(@Nullable Known known) {
    return known == null ? 0 : known.profile.total();
  }
}
