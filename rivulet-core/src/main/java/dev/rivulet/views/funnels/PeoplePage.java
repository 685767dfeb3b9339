package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Pages;
import org.jspecify.annotations.Nullable;

/** What some persons with neighbouring numbers did of a funnel. Not thread-safe. */
final class PeoplePage {
  private final @Nullable PersonSteps[] persons = new @Nullable PersonSteps[Layout.PAGE];

  /** The person at {@code place}, from 0. */
  @Nullable PersonSteps person(int place) {
    return persons[place];
  }

  void put(int place, @Nullable PersonSteps person) {
    persons[place] = person;
  }

  static PeoplePage decode(Funnel funnel, byte @Nullable [] stored) {
    var page = new PeoplePage();
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      Layout.check(in.oneByte(), "persons");
      while (!in.isAtEnd()) {
        int place = in.oneByte();
        page.persons[place] = PersonSteps.decode(funnel, in);
      }
    }
    return page;
  }

  byte @Nullable [] encode() {
    var out = new ByteWriter(Layout.PAGE * 32);
    out.oneByte(Layout.FORMAT);
    for (int place = 0; place < Layout.PAGE; place++) {
      PersonSteps person = persons[place];
      if (person != null) {
        out.oneByte(place);
        person.encodeTo(out);
      }
    }
    return out.length() == 1 ? null : out.toBytes();
  }

  int bytes() {
    int bytes = 160;
    for (PersonSteps person : persons) {
      if (person != null) {
        bytes += 120 + 16 * person.size();
      }
    }
    return bytes;
  }

  static Pages.Codec<PeoplePage> codec(Funnel funnel) {
    return new Pages.Codec<>() {
      @Override
      public PeoplePage decode(byte @Nullable [] stored) {
        return PeoplePage.decode(funnel, stored);
      }

      @Override
      public byte @Nullable [] encode(PeoplePage page) {
        return page.encode();
      }

      @Override
      public int bytes(PeoplePage page) {
        return page.bytes();
      }
    };
  }
}
