package dev.rivulet.server.cli.imports;

import java.util.function.Supplier;

/**
 * How a file is to be read.
 *
 * @param name as shown to a person
 * @param hasHeader whether the first line is not an event
 * @param quotedBreaks whether line breaks inside quotation marks belong to the line
 * @param parser makes the parser of one thread
 */
record ImportFormat(
    String name, boolean hasHeader, boolean quotedBreaks, Supplier<LineFormat> parser) {}
