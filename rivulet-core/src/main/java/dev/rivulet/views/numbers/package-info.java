/** What the numbers in events' properties come to: sums, means, percentiles, over time. */
@NullMarked
package dev.rivulet.views.numbers;

import org.jspecify.annotations.NullMarked;
