package dev.stele.load.report;

import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.measure.ProcessWatch.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What there is to say of a result beside its times.
 *
 * @param mood what it means: good, bad or plain
 */
record Remark(String mood, String text) {

  static List<Remark> of(Result result) {
    if (!result.served()) {
      return List.of(new Remark("bad", "NOT MEASURED: " + result.notServed()));
    }
    List<Remark> remarks = new ArrayList<>();
    if (result.operations().isEmpty() && result.figures().isEmpty()) {
      remarks.add(new Remark("bad", "nothing was measured; did the warm-up last too long?"));
    }
    result
        .figures()
        .forEach(
            (name, figure) ->
                remarks.add(
                    plain(name + ": " + Text.number(figure.value()) + " " + figure.unit())));
    result.processes().forEach(process -> addProcess(remarks, process));
    remarks.add(plain(generator(result)));
    result
        .turnedAway()
        .forEach(
            (why, count) ->
                remarks.add(plain(String.format(Locale.ROOT, "refused %s: %,d", why, count))));
    result
        .failures()
        .forEach(
            (why, count) ->
                remarks.add(
                    new Remark("bad", String.format(Locale.ROOT, "failed %s: %,d", why, count))));
    result.remarks().forEach(remark -> remarks.add(plain(remark)));
    if (result.check().saysSomething()) {
      String mood = result.check().passed() ? "good" : "bad";
      remarks.add(new Remark(mood, "check " + result.check().text()));
    }
    return remarks;
  }

  private static String generator(Result result) {
    String cores = String.format(Locale.ROOT, "generator used %.2f cores", result.generatorCores());
    return result.generatorMicros() <= 0
        ? cores
        : cores
            + String.format(
                Locale.ROOT, ", %.0f microseconds for each answer", result.generatorMicros());
  }

  private static Remark plain(String text) {
    return new Remark("plain", text);
  }

  private static void addProcess(List<Remark> remarks, ProcessWatch.Watched process) {
    List<Sample> samples = process.samples().stream().filter(s -> s.second() >= 0).toList();
    if (!samples.isEmpty()) {
      remarks.add(
          plain(
              String.format(
                  Locale.ROOT,
                  "%s: %.0f MB at most (%.0f with children), %.2f cores on average (%.2f with"
                      + " children)",
                  process.name(),
                  samples.stream().mapToDouble(Sample::memoryMb).max().orElse(0),
                  samples.stream().mapToDouble(Sample::treeMemoryMb).max().orElse(0),
                  samples.stream().mapToDouble(Sample::cores).average().orElse(0),
                  samples.stream().mapToDouble(Sample::treeCores).average().orElse(0))));
    }
  }
}
