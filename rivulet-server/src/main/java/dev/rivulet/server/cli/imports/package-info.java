/**
 * The import of files: lines are split and given their ids by one reader, parsed and sent by a few
 * workers. Everything a line can be wrong about is a reason in the report, never an exception.
 */
@NullMarked
package dev.rivulet.server.cli.imports;

import org.jspecify.annotations.NullMarked;
