/**
 * The operations of the Client-Server API, one class for each group of them. They turn requests
 * into what the services understand and outcomes into replies, and decide nothing.
 */
@NullMarked
@CheckReturnValue
package dev.stele.server.http.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
