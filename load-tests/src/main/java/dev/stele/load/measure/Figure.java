package dev.stele.load.measure;

/** A number with its unit. */
public record Figure(double value, String unit) {}
