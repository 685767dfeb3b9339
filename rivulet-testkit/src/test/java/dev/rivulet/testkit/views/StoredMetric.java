package dev.rivulet.testkit.views;

import dev.rivulet.measure.Measured;
import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.Summary;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Query;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** What is stored of a metric, bucket by bucket, and how many summaries were read for it. */
record StoredMetric(String project, String metric, Range range, Step step, ZoneId zone)
    implements Query<StoredMetric.Found> {
  record Found(Buckets buckets, List<Summary> values, int reads) {}

  @Override
  public Found answer(Asking asking) {
    List<MetricSeries> series = MetricSeries.all(asking, project, metric);
    var reads = new AtomicInteger();
    MeasuredRange read =
        MeasuredRange.read(counting(asking, reads), MetricSeries.ROOM, series, range, step, zone);
    List<Summary> values = new ArrayList<>();
    for (int i = 0; i < read.buckets().count(); i++) {
      values.add(Measured.bucket(read.series(), i, true));
    }
    return new Found(read.buckets(), values, reads.get());
  }

  /** An asking that counts the fields of hashes that are read. */
  private static Asking counting(Asking asking, AtomicInteger fields) {
    return (Asking)
        Proxy.newProxyInstance(
            StoredMetric.class.getClassLoader(),
            new Class<?>[] {Asking.class},
            (proxy, method, args) -> {
              try {
                if (!method.getName().equals("scatter")) {
                  return method.invoke(asking, args);
                }
                @SuppressWarnings("unchecked")
                var question = (BiConsumer<Scope, Reads>) args[1];
                asking.scatter(
                    (String) args[0],
                    (scope, reads) -> {
                      question.accept(scope, reads);
                      for (Command command : reads.commands()) {
                        fields.addAndGet(command.words().length - 2);
                      }
                    });
                return null;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
