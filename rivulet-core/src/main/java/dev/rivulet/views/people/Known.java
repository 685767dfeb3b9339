package dev.rivulet.views.people;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.PersonSegments;
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
  /** Reads what is known; null of somebody who did nothing. */
  static @Nullable Known read(Asking asking, String project, String user) {
    List<Known> found = new ArrayList<>();
    int home = asking.partition(user);
    asking.scatter(
        ProfilesView.ROOM,
        (scope, reads) -> {
          if (scope.partition() != home) {
            return;
          }
          List<Profile> own = new ArrayList<>();
          // In this order: a commit in between may move actions from the first to the second, and
          // give numbers to names.
          PersonSegments.read(
              scope,
              ProfilesView.PROFILES,
              project,
              user,
              reads,
              stored -> {
                Profile profile = stored.open(new ProfilesView.ProfileCodec(), project);
                if (profile != null) {
                  own.add(profile);
                }
              });
          reads.hash(
              ProfilesView.timelines(scope, project),
              List.of(ProfilesView.timeline(project, user)),
              stored -> {
                byte[] settled = stored.get(0);
                if (settled != null && !own.isEmpty()) {
                  own.get(0).recent().addAll(Timeline.decode(settled));
                }
              });
          reads.get(
              ProfilesView.names(scope, project),
              stored -> {
                if (!own.isEmpty()) {
                  Profile profile = own.get(0);
                  List<String> names = Dictionary.decode(stored);
                  found.add(new Known(scope.partition(), profile, profile.recent(), names));
                }
              });
        });
    return found.isEmpty() ? null : found.get(0);
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
