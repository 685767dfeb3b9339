package dev.rivulet.server.cli.shop;

import dev.rivulet.measure.MetricKind;
import java.util.Map;

/**
 * Something a node of the shop measured.
 *
 * @param id the same for the same seed and moment
 * @param atMillis when, epoch milliseconds
 */
record ShopSample(
    String id,
    String metric,
    MetricKind kind,
    double value,
    Map<String, String> tags,
    String node,
    long atMillis) {}
