package dev.rivulet.server.ingest;

/**
 * A part of a body.
 *
 * @param start its first byte
 * @param end past its last byte
 */
record Span(int start, int end) {
  int length() {
    return end - start;
  }
}
