package dev.rivulet.views.retention;

import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who did something, in some part of the data that has people of its own.
 *
 * @param before whoever did it before the first period; empty when that was not asked for
 * @param in who did it in each period; not to be changed
 */
record PeopleByPeriod(RoaringBitmap before, List<RoaringBitmap> in) {}
