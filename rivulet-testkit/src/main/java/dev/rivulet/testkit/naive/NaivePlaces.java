package dev.rivulet.testkit.naive;

import dev.rivulet.event.Limits;
import dev.rivulet.measure.SeriesBounds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The naive twin of what the room metrics tells apart, in one partition: gives each sample the name
 * it is told under. Looks at all places for each sample.
 */
public final class NaivePlaces {
  private static final long DAY = 86_400_000;
  private static final int EARLIER_NAMES = 16;

  private final SeriesBounds bounds;
  private final Map<String, List<Place>> metrics = new HashMap<>();
  private final Map<NaiveSample, Holder> counted = new IdentityHashMap<>();
  private final Set<String> tagNames = new TreeSet<>();

  public NaivePlaces(SeriesBounds bounds) {
    this.bounds = bounds;
  }

  /** A series that holds or held a place; without tags the rest. */
  private record Holder(Place place, int turn, @Nullable Map<String, String> tags, String node) {}

  private static final class Place {
    private final List<Holder> holders = new ArrayList<>();
    private long from = Long.MIN_VALUE;
    private long latest = Long.MIN_VALUE;
    private long heard = Long.MIN_VALUE;

    private Holder holder() {
      return holders.get(holders.size() - 1);
    }

    private Holder hold(@Nullable Map<String, String> tags, String node) {
      holders.add(new Holder(this, holders.size(), tags, node));
      return holder();
    }

    private boolean isRest() {
      return holder().tags == null;
    }

    private boolean isOfAll() {
      return isRest() && holder().node.equals(Limits.OTHER);
    }
  }

  /**
   * The samples as they are told in the end.
   *
   * @param arrived each once, in the order in which they were appended to the partition
   */
  public List<NaiveSample> told(List<NaiveSample> arrived) {
    for (NaiveSample sample : arrived) {
      tagNames.addAll(sample.tags().keySet());
      Holder holder = holder(sample);
      Place place = holder.place;
      place.latest = Math.max(place.latest, sample.at());
      place.heard = Math.max(place.heard, sample.receivedAt());
      if (counted.put(sample, holder) != null) {
        throw new IllegalArgumentException("twice the same: " + sample);
      }
    }
    return arrived.stream().map(this::told).toList();
  }

  /** Those samples whose series hold their places in the end, once all are told. */
  public List<NaiveSample> held(List<NaiveSample> arrived) {
    return arrived.stream()
        .filter(
            sample -> {
              Holder holder = holderOf(sample);
              return holder.turn == holder.place.holders.size() - 1;
            })
        .map(this::told)
        .toList();
  }

  private Holder holderOf(NaiveSample sample) {
    Holder holder = counted.get(sample);
    if (holder == null) {
      throw new IllegalArgumentException("did not arrive: " + sample);
    }
    return holder;
  }

  private NaiveSample told(NaiveSample sample) {
    Holder holder = holderOf(sample);
    boolean forgotten = holder.turn < holder.place.holders.size() - 1 - EARLIER_NAMES;
    Map<String, String> tags = forgotten ? null : holder.tags;
    if (tags == null) {
      tags = new TreeMap<>();
      for (String name : tagNames) {
        tags.put(name, Limits.OTHER);
      }
    }
    return new NaiveSample(
        sample.metric(),
        tags,
        forgotten ? Limits.OTHER : holder.node,
        sample.kind(),
        sample.id(),
        sample.at(),
        sample.receivedAt(),
        sample.values());
  }

  private Holder holder(NaiveSample sample) {
    List<Place> places = metrics.computeIfAbsent(sample.metric(), name -> new ArrayList<>());
    long at = sample.receivedAt();
    String node =
        tells(places, bounds.nodes(), sample.node(), at, one -> Set.of(one.node))
            ? sample.node()
            : Limits.OTHER;
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<String, String> tag : sample.tags().entrySet()) {
      if (!tells(places, bounds.tags(), tag.getKey(), at, NaivePlaces::tags)) {
        return rest(places, node, sample);
      }
      boolean told =
          tells(places, bounds.values(), tag.getValue(), at, one -> values(one, tag.getKey()));
      tags.put(tag.getKey(), told ? tag.getValue() : Limits.OTHER);
    }
    Holder own = place(places, tags, node, bounds.series(), sample);
    return own == null ? rest(places, node, sample) : own;
  }

  private Holder rest(List<Place> places, String node, NaiveSample sample) {
    Holder own =
        node.equals(Limits.OTHER) ? null : place(places, null, node, bounds.nodes(), sample);
    if (own != null) {
      return own;
    }
    for (Place place : places) {
      if (place.isOfAll()) {
        return place.holder();
      }
    }
    var place = new Place();
    places.add(place);
    return place.hold(null, Limits.OTHER);
  }

  /** The place of a series; null when it has none, or is late for it. */
  private @Nullable Holder place(
      List<Place> places,
      @Nullable Map<String, String> tags,
      String node,
      int most,
      NaiveSample sample) {
    for (Place place : places) {
      Holder holder = place.holder();
      if (holder.node.equals(node) && Objects.equals(holder.tags, tags)) {
        return place.from <= sample.at() ? holder : ofAll(places, sample);
      }
    }
    List<Place> alike =
        places.stream().filter(one -> one.isRest() == (tags == null) && !one.isOfAll()).toList();
    int all = metrics.values().stream().mapToInt(List::size).sum();
    if (alike.size() < most && all < bounds.projectSeries()) {
      var place = new Place();
      places.add(place);
      return place.hold(tags, node);
    }
    Place silent = alike.stream().min(Comparator.comparingLong(one -> one.heard)).orElse(null);
    if (silent == null || silent.heard > sample.receivedAt() - DAY) {
      return null;
    }
    long day = Math.floorDiv(sample.at(), DAY) * DAY;
    if (silent.latest >= day) {
      return null;
    }
    silent.from = day;
    return silent.hold(tags, node);
  }

  private Holder ofAll(List<Place> places, NaiveSample sample) {
    return rest(places, Limits.OTHER, sample);
  }

  private static boolean tells(
      List<Place> places,
      int most,
      String name,
      long at,
      Function<Holder, Collection<String>> names) {
    Set<String> live = new HashSet<>();
    for (Place place : places) {
      if (names.apply(place.holder()).contains(name)) {
        return true;
      }
      if (place.heard > at - DAY) {
        live.addAll(names.apply(place.holder()));
      }
    }
    live.remove(Limits.OTHER);
    return live.size() < most || name.equals(Limits.OTHER);
  }

  private static Collection<String> tags(Holder holder) {
    return holder.tags == null ? Set.of() : holder.tags.keySet();
  }

  private static Collection<String> values(Holder holder, String tag) {
    String value = holder.tags == null ? null : holder.tags.get(tag);
    return value == null ? Set.of() : Set.of(value);
  }
}
