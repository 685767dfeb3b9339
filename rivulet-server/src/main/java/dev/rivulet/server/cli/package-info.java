/**
 * The command line. The commands here are clients: they talk to a server through its HTTP interface
 * only, at {@code RIVULET_URL}, with the keys from the environment or from the key file of a local
 * server's data directory.
 */
@NullMarked
package dev.rivulet.server.cli;

import org.jspecify.annotations.NullMarked;
