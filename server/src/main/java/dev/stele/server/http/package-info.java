/**
 * The edge: from bytes on a socket to a typed request, and from a reply back to bytes.
 *
 * <p>A {@link dev.stele.server.http.Resource} binds handlers to the operations of {@link
 * dev.stele.api.Endpoint}; each handler gets an {@link dev.stele.server.http.Exchange} and gives a
 * {@link dev.stele.server.http.Reply}. {@link dev.stele.server.http.Edge} joins them with routing,
 * authentication, rate limits, CORS, metrics and the access log, and {@link
 * dev.stele.server.http.HttpEdge} listens. Nothing here knows rooms or accounts.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
