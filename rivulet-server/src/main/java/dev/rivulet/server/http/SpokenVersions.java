package dev.rivulet.server.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Marks requests of other versions than HTTP/1.0 and 1.1 as invalid. Vert.x would answer them with
 * an empty 501, before any of our handlers; the mistake is the client's and gets a problem.
 */
@Sharable
final class SpokenVersions extends ChannelInboundHandlerAdapter {
  static final SpokenVersions HANDLER = new SpokenVersions();

  /** What is wrong, as the message. */
  static final class Unspoken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Unspoken(HttpVersion version) {
      super(version + " is not spoken here: send HTTP/1.1 or HTTP/1.0", null, false, false);
    }
  }

  private SpokenVersions() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
      HttpVersion version = request.protocolVersion();
      if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
        request.setDecoderResult(DecoderResult.failure(new Unspoken(version)));
        request.setProtocolVersion(HttpVersion.HTTP_1_1); // in which it is answered
      }
    }
    context.fireChannelRead(message);
  }
}
