package dev.stele.server.tracing;

import dev.stele.server.settings.Settings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans of requests, and of the questions to the database that they lead to, to a collector:
 * in batches, from a thread of its own, dropped where the collector does not keep up.
 */
public final class Traces implements AutoCloseable {
  private static final long FLUSH_SECONDS = 1;

  private final OpenTelemetrySdk telemetry;
  private final TelemetryLog log = TelemetryLog.take();

  private Traces(OpenTelemetrySdk telemetry) {
    this.telemetry = telemetry;
  }

  /** To where the settings say. */
  public static Traces to(Settings.Tracing settings, String serverName) {
    SpanExporter exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint() + "/v1/traces").build();
    Resource stele =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "stele",
                        AttributeKey.stringKey("service.instance.id"),
                        serverName)));
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(stele)
            .setSampler(sampler(settings.samplePercent() / 100.0))
            .addSpanProcessor(BatchSpanProcessor.builder(new WithoutQueries(exporter)).build())
            .build();
    return new Traces(
        OpenTelemetrySdk.builder()
            .setTracerProvider(provider)
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
  }

  /** Whoever calls from elsewhere does not decide how much is traced. */
  private static Sampler sampler(double ratio) {
    Sampler some = Sampler.traceIdRatioBased(ratio);
    return Sampler.parentBasedBuilder(some)
        .setRemoteParentSampled(some)
        .setRemoteParentNotSampled(Sampler.alwaysOff())
        .build();
  }

  /** A Vert.x that is traced. It is to be closed before this. */
  public Vertx build(VertxBuilder builder) {
    return builder.withTracer(new OpenTelemetryTracingFactory(telemetry)).build();
  }

  /** Sends what is left, for as long as a second. */
  @Override
  public void close() {
    var unused = telemetry.getSdkTracerProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    log.close();
  }
}
