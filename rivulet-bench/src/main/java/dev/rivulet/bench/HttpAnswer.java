package dev.rivulet.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects one HTTP/1.1 answer with a {@code Content-Length}; reused for the next one. Small on
 * purpose: it shares the cores with what it measures.
 */
final class HttpAnswer {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPTED = "\"accepted\":".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST = 16 << 20;

  private byte[] bytes = new byte[4096];
  private int size;
  private int bodyStart = -1;
  private int end;

  void clear() {
    size = 0;
    bodyStart = -1;
  }

  /** Takes what was read; true once the answer is complete. */
  boolean add(ByteBuffer read) throws IOException {
    int length = read.remaining();
    if (size + length > bytes.length) {
      if (size + length > LARGEST) {
        throw new IOException("An answer of more than " + LARGEST + " bytes.");
      }
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
    }
    int from = Math.max(0, size - 3);
    read.get(bytes, size, length);
    size += length;
    for (int i = from; bodyStart < 0 && i + 3 < size; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        bodyStart = i + 4;
        end = bodyStart + contentLength();
      }
    }
    return bodyStart >= 0 && size >= end;
  }

  private int contentLength() throws IOException {
    for (int line = 0; line < bodyStart - 2; line = after(line, (byte) '\n')) {
      if (startsWith(line, LENGTH)) {
        return number(line + LENGTH.length);
      }
    }
    if (status() == 204 || status() == 304) {
      return 0;
    }
    throw new IOException(
        "An answer without Content-Length: "
            + new String(bytes, 0, bodyStart, StandardCharsets.UTF_8));
  }

  private int after(int from, byte wanted) {
    int i = from;
    while (bytes[i] != wanted) {
      i++;
    }
    return i + 1;
  }

  private boolean startsWith(int at, byte[] lowerCase) {
    if (at + lowerCase.length > size) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int c = bytes[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int i = from;
    while (bytes[i] == ' ') {
      i++;
    }
    int value = 0;
    for (; i < size && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  int status() {
    return number(9);
  }

  /** The number after {@code "accepted":} in the body; −1 if there is none. */
  int accepted() {
    for (int i = bodyStart; i + ACCEPTED.length < end; i++) {
      if (startsWith(i, ACCEPTED)) {
        return number(i + ACCEPTED.length);
      }
    }
    return -1;
  }

  String body() {
    return new String(bytes, bodyStart, end - bodyStart, StandardCharsets.UTF_8);
  }
}
