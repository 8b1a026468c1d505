package dev.tocsin.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many streams of Server-Sent Events that one thread reads, and some that nobody does. */
final class StreamCrowd implements AutoCloseable {
    private static final int TAIL = 64;

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Crowd crowd;
    private volatile boolean over;

    private static final class Reader {
        private final StringBuilder tail = new StringBuilder();
        private boolean synced;
        private String last = "";
    }

    StreamCrowd(URI base, String path, Crowd crowd, int readers, int deaf) throws IOException {
        this.crowd = crowd;
        this.selector = Selector.open();
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < readers + deaf; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 << 10);
            channel.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            channel.write(ByteBuffer.wrap(request));
            channels.add(channel);
            if (i < readers) {
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Reader());
            }
        }
        Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
        while (!over) {
            try {
                selector.select(key -> read(key, buffer), 1_000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        Reader reader = (Reader) key.attachment();
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
                return;
            }
        } catch (IOException e) {
            key.cancel();
            return;
        }
        String awaited = crowd.awaited();
        String text =
                reader.tail + StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
        reader.tail.setLength(0);
        reader.tail.append(text, Math.max(0, text.length() - TAIL), text.length());
        if (!reader.synced && text.contains("\"synced\"")) {
            reader.synced = true;
            crowd.synced();
        }
        if (!awaited.equals(reader.last) && text.contains('"' + awaited + '"')) {
            reader.last = awaited;
            crowd.heard(awaited);
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        selector.wakeup();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
