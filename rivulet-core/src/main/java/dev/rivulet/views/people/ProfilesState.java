package dev.rivulet.views.people;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Dictionaries;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Pages;
import dev.rivulet.view.PersonSegments;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The profiles of one partition; memory holds those that were used last. */
final class ProfilesState implements State {
  private static final long MOST_PROFILE_BYTES = 72L * 1024 * 1024;
  private static final long MOST_SEEN_BYTES = 8L * 1024 * 1024;
  private static final int MOST_NAMES_HELD = 50_000;

  private final Scope scope;
  private final Dictionaries names;
  private final PersonSegments<Profile> profiles;
  private final Pages<LastSeen> seen = new Pages<>(new SeenCodec(), MOST_SEEN_BYTES);
  private final Map<String, Pages<LastSeen>.Hash> shares = new HashMap<>();
  private final Map<String, Map<String, Profile>> touched = new HashMap<>();
  private final Map<Person, Timeline> settling = new LinkedHashMap<>();
  private boolean timelinesAsked;

  ProfilesState(Scope scope) {
    this.scope = scope;
    this.names =
        new Dictionaries(
            project -> ProfilesView.names(scope, project),
            ProfilesView.MOST_NAMES,
            MOST_NAMES_HELD);
    this.profiles =
        new PersonSegments<>(
            scope, ProfilesView.PROFILES, new ProfilesView.ProfileCodec(), MOST_PROFILE_BYTES);
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() != Kind.ERASED) {
        names.load(event.project(), reads);
        profiles.want(event.project(), event.user());
        seen(event.project()).want(share(event.project(), event.user()));
      }
    }
    profiles.load(reads);
    seen.load(reads);
  }

  /** A profile that has gathered enough actions hands them to its timeline in this batch. */
  @Override
  public void loadMore(List<Occurrence> batch, Reads reads) {
    if (timelinesAsked) {
      return;
    }
    Map<String, List<Person>> wanted = new LinkedHashMap<>();
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT && isFull(event)) {
        Person person = Person.of(event);
        if (settling.putIfAbsent(person, new Timeline()) == null) {
          wanted.computeIfAbsent(person.project, p -> new ArrayList<>()).add(person);
        }
      }
    }
    wanted.forEach((project, people) -> loadTimelines(project, people, reads));
    timelinesAsked = true;
  }

  private void loadTimelines(String project, List<Person> people, Reads reads) {
    List<byte[]> fields = new ArrayList<>();
    people.forEach(person -> fields.add(ProfilesView.timeline(project, person.user)));
    reads.hash(
        ProfilesView.timelines(scope, project),
        fields,
        stored -> {
          for (int i = 0; i < people.size(); i++) {
            byte[] own = stored.get(i);
            if (own != null) {
              settling.put(people.get(i), Timeline.decode(own));
            }
          }
        });
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    String project = event.project();
    String user = event.user();
    if (event.kind() == Kind.ERASURE) {
      profiles.forget(project, user);
      settling.put(Person.of(event), new Timeline());
      int share = share(project, user);
      seen(project).page(share).remove(user);
      seen(project).changed(share);
      touched(project).remove(user);
      return;
    }
    if (event.kind() == Kind.TRAITS) {
      introduce(event);
      return;
    }
    var action = new Timeline.Action(event.occurredAt(), occurrence.entry(), occurrence.index());
    Profile profile = profiles.of(project, user);
    profile.add(names.of(project).add(occurrence.subject()), action);
    profiles.changed(project, user);
    touched(project).put(user, profile);
  }

  /** Who has done nothing yet is in the list from the time at which something was told of them. */
  private void introduce(Event event) {
    if (profiles.of(event.project(), event.user()).total() == 0) {
      int share = share(event.project(), event.user());
      if (seen(event.project()).page(share).introduce(event.user(), event.occurredAt())) {
        seen(event.project()).changed(share);
      }
    }
  }

  private Map<String, Profile> touched(String project) {
    return touched.computeIfAbsent(project, name -> new HashMap<>());
  }

  @Override
  public void write(Writes writes) {
    settle(writes);
    touched.forEach(this::show);
    touched.clear();
    timelinesAsked = false;
    profiles.write(writes);
    seen.write(writes);
    shares.clear();
    names.write(writes);
  }

  private void show(String project, Map<String, Profile> people) {
    Pages<LastSeen>.Hash own = seen(project);
    people.forEach(
        (user, profile) -> {
          int share = share(project, user);
          own.page(share).put(LastSeen.Person.of(user, profile));
          own.changed(share);
        });
  }

  private void settle(Writes writes) {
    Map<String, List<byte[]>> changed = new LinkedHashMap<>();
    Map<String, List<byte[]>> gone = new LinkedHashMap<>();
    settling.forEach(
        (person, timeline) -> {
          Timeline recent = profiles.of(person.project, person.user).recent();
          timeline.addAll(recent);
          recent.clear();
          profiles.changed(person.project, person.user);
          byte[] field = ProfilesView.timeline(person.project, person.user);
          if (timeline.size() == 0) {
            gone.computeIfAbsent(person.project, p -> new ArrayList<>()).add(field);
          } else {
            changed
                .computeIfAbsent(person.project, p -> new ArrayList<>())
                .addAll(List.of(field, timeline.encode()));
          }
        });
    settling.clear();
    changed.forEach((p, pairs) -> writes.hash(ProfilesView.timelines(scope, p), pairs));
    gone.forEach((p, fields) -> writes.hashDelete(ProfilesView.timelines(scope, p), fields));
  }

  private int share(String project, String user) {
    return LastSeen.share(profiles.hash(project, user));
  }

  private boolean isFull(Event event) {
    Profile profile = profiles.of(event.project(), event.user());
    return profile.recent().size() >= ProfilesView.SETTLED;
  }

  /** Asked for once a batch: a hash that memory let go of must not be written to. */
  private Pages<LastSeen>.Hash seen(String project) {
    return shares.computeIfAbsent(project, name -> seen.of(ProfilesView.lastSeen(scope, name)));
  }

  private record Person(String project, String user) {
    private static Person of(Event event) {
      return new Person(event.project(), event.user());
    }
  }

  /** Who was seen last, in pages. */
  private static final class SeenCodec implements Pages.Codec<LastSeen> {
    @Override
    public LastSeen decode(byte @Nullable [] stored) {
      return LastSeen.decode(stored);
    }

    @Override
    public byte @Nullable [] encode(LastSeen share) {
      return share.encode();
    }

    @Override
    public int bytes(LastSeen share) {
      return share.bytes();
    }
  }
}
