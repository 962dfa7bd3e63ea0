package dev.stele.server.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/** Leaves the queries of URLs out of spans: they may hold access tokens. */
final class WithoutQueries implements SpanExporter {
  private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");

  /** Attributes that hold whole URLs, or paths with queries. */
  private static final List<AttributeKey<String>> URLS =
      List.of(
          AttributeKey.stringKey("http.url"),
          AttributeKey.stringKey("http.target"),
          AttributeKey.stringKey("url.full"));

  private final SpanExporter exporter;

  WithoutQueries(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return exporter.export(spans.stream().map(WithoutQueries::clean).toList());
  }

  private static SpanData clean(SpanData span) {
    var attributes = span.getAttributes().toBuilder().remove(QUERY);
    for (AttributeKey<String> key : URLS) {
      String url = span.getAttributes().get(key);
      if (url != null && url.indexOf('?') >= 0) {
        attributes.put(key, url.substring(0, url.indexOf('?')));
      }
    }
    return new Clean(span, attributes.build());
  }

  private static final class Clean extends DelegatingSpanData {
    private final Attributes attributes;

    Clean(SpanData span, Attributes attributes) {
      super(span);
      this.attributes = attributes;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
