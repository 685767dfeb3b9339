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

  /** What each person of the batch did last, by their slots. */
  private final List<@Nullable Occurrence> touched = new ArrayList<>();

  /** Those whose actions move to their timelines, by their slots. */
  private final Map<Integer, Settling> settling = new LinkedHashMap<>();

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
    String last = "";
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() != Kind.ERASED) {
        if (!event.project().equals(last)) {
          last = event.project();
          names.load(last, reads);
        }
        profiles.want(occurrence);
        seen(last).want(share(occurrence));
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
    Map<String, List<Settling>> wanted = new LinkedHashMap<>();
    for (Occurrence occurrence : batch) {
      if (occurrence.event().kind() == Kind.EVENT
          && profiles.of(occurrence).recent().size() >= ProfilesView.SETTLED) {
        var person = new Settling(occurrence);
        if (settling.putIfAbsent(occurrence.slot(), person) == null) {
          wanted.computeIfAbsent(person.project(), p -> new ArrayList<>()).add(person);
        }
      }
    }
    wanted.forEach((project, people) -> loadTimelines(project, people, reads));
    timelinesAsked = true;
  }

  private void loadTimelines(String project, List<Settling> people, Reads reads) {
    List<byte[]> fields = new ArrayList<>();
    people.forEach(person -> fields.add(person.field()));
    reads.hash(
        ProfilesView.timelines(scope, project),
        fields,
        stored -> {
          for (int i = 0; i < people.size(); i++) {
            byte[] own = stored.get(i);
            if (own != null) {
              people.get(i).timeline = Timeline.decode(own);
            }
          }
        });
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    if (event.kind() == Kind.ERASURE) {
      forget(occurrence);
    } else if (event.kind() == Kind.TRAITS) {
      introduce(occurrence);
    } else {
      int name = names.of(event.project()).add(occurrence.subject());
      var action = new Timeline.Action(event.occurredAt(), occurrence.entry(), occurrence.index());
      profiles.of(occurrence).add(name, action);
      profiles.changed(occurrence);
      touch(occurrence.slot(), occurrence);
    }
  }

  private void forget(Occurrence erasure) {
    profiles.forget(erasure);
    settling.put(erasure.slot(), new Settling(erasure));
    touch(erasure.slot(), null);
    int share = share(erasure);
    Pages<LastSeen>.Hash own = seen(erasure.event().project());
    own.page(share).remove(erasure.event().user());
    own.changed(share);
  }

  /** Who has done nothing yet is in the list from the time at which something was told of them. */
  private void introduce(Occurrence traits) {
    if (profiles.of(traits).total() == 0) {
      Event event = traits.event();
      int share = share(traits);
      Pages<LastSeen>.Hash own = seen(event.project());
      if (own.page(share).introduce(event.user(), event.occurredAt())) {
        own.changed(share);
      }
    }
  }

  private void touch(int slot, @Nullable Occurrence occurrence) {
    while (touched.size() <= slot) {
      touched.add(null);
    }
    touched.set(slot, occurrence);
  }

  @Override
  public void write(Writes writes) {
    settle(writes);
    for (Occurrence occurrence : touched) {
      if (occurrence != null) {
        show(occurrence);
      }
    }
    touched.clear();
    timelinesAsked = false;
    profiles.write(writes);
    seen.write(writes);
    shares.clear();
    names.write(writes);
  }

  private void show(Occurrence occurrence) {
    int share = share(occurrence);
    Pages<LastSeen>.Hash own = seen(occurrence.event().project());
    Profile profile = profiles.of(occurrence);
    own.page(share).put(LastSeen.Person.of(occurrence.event().user(), profile));
    own.changed(share);
  }

  private void settle(Writes writes) {
    Map<String, List<byte[]>> changed = new LinkedHashMap<>();
    Map<String, List<byte[]>> gone = new LinkedHashMap<>();
    for (Settling person : settling.values()) {
      profiles.of(person.occurrence).settle(person.timeline);
      profiles.changed(person.occurrence);
      if (person.timeline.size() == 0) {
        gone.computeIfAbsent(person.project(), p -> new ArrayList<>()).add(person.field());
      } else {
        changed
            .computeIfAbsent(person.project(), p -> new ArrayList<>())
            .addAll(List.of(person.field(), person.timeline.encode()));
      }
    }
    settling.clear();
    changed.forEach((p, pairs) -> writes.hash(ProfilesView.timelines(scope, p), pairs));
    gone.forEach((p, fields) -> writes.hashDelete(ProfilesView.timelines(scope, p), fields));
  }

  private static int share(Occurrence occurrence) {
    return LastSeen.share(occurrence.hash());
  }

  /** Asked for once a batch: a hash that memory let go of must not be written to. */
  private Pages<LastSeen>.Hash seen(String project) {
    return shares.computeIfAbsent(project, name -> seen.of(ProfilesView.lastSeen(scope, name)));
  }

  /** A person whose actions move to their timeline. */
  private static final class Settling {
    private final Occurrence occurrence;
    private Timeline timeline = new Timeline();

    private Settling(Occurrence occurrence) {
      this.occurrence = occurrence;
    }

    private String project() {
      return occurrence.event().project();
    }

    private byte[] field() {
      return ProfilesView.timeline(project(), occurrence.event().user());
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
