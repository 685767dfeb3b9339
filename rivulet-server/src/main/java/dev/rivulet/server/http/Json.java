package dev.rivulet.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rivulet.event.ParserWords;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON of answers and of the small bodies of definitions. Thread-safe. */
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static byte[] bytes(Object answer) {
    try {
      return MAPPER.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The object of a body.
   *
   * @throws Problem 400 when it is not one
   */
  static JsonNode object(byte[] body) {
    try {
      JsonNode read = MAPPER.readTree(body);
      if (read != null && read.isObject()) {
        return read;
      }
      throw Problem.badRequest("the body is not a JSON object");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw Problem.badRequest(
          "the body is not JSON: "
              + ParserWords.of(e)
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
