/**
 * The HTTP doors. A request passes the connection ({@link dev.rivulet.server.http.WebServer}), the
 * route table, the gate of keys and the route's handler, one class per room. Handlers run on event
 * loops and never block: questions go to a bounded pool.
 */
@NullMarked
package dev.rivulet.server.http;

import org.jspecify.annotations.NullMarked;
