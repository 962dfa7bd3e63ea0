package dev.stele.load.measure;

import java.util.List;

/** What was measured of one {@link Operation}. */
public record Measured(
    String name, long count, double perSecond, Latency latency, List<Operation.Point> timeline) {}
