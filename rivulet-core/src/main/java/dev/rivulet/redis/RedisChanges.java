package dev.rivulet.redis;

import dev.rivulet.live.Changes;
import java.util.Set;

/** Changes by sharded Pub/Sub: a channel for each partition, at the primary that has it. */
final class RedisChanges implements Changes {
  private final ChangePublisher publisher;
  private final ChangeSubscriber subscriber;

  private RedisChanges(ChangePublisher publisher, ChangeSubscriber subscriber) {
    this.publisher = publisher;
    this.subscriber = subscriber;
  }

  /**
   * @param sender names this process
   */
  static RedisChanges start(RedisNodes nodes, int partitions, long sender, Listener listener) {
    var subscriber = new ChangeSubscriber(nodes, partitions, sender, listener);
    subscriber.start();
    return new RedisChanges(new ChangePublisher(nodes, partitions, sender), subscriber);
  }

  @Override
  public void tell(int partition, Set<String> projects) {
    publisher.tell(partition, projects);
  }

  @Override
  public void close() {
    subscriber.close();
    publisher.close();
  }
}
