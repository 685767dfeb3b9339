package dev.rivulet;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.boards.Boards;
import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.DefinitionFiller;
import dev.rivulet.engine.ViewFiller;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.engine.Visibility;
import dev.rivulet.live.Watches;
import dev.rivulet.log.LogAppender;
import dev.rivulet.measure.MetricKinds;
import dev.rivulet.projects.Projects;
import dev.rivulet.query.ScatterGather;
import dev.rivulet.time.StoreClock;
import java.util.List;

/**
 * The parts of a running Rivulet.
 *
 * @param parts all that is to be closed, in that order
 */
record Wiring(
    String installation,
    StoreClock clock,
    ThisNode self,
    int partitions,
    ViewSet views,
    Projects projects,
    Definitions definitions,
    Boards boards,
    ScatterGather queries,
    Visibility visibility,
    Books books,
    Watches watches,
    LogAppender appender,
    ViewFiller filler,
    DefinitionFiller defining,
    RefusalLedger refusals,
    MetricKinds kinds,
    Erasures erasures,
    List<AutoCloseable> parts)
    implements AutoCloseable {
  @Override
  public void close() {
    RivuletWiring.close(this);
  }
}
