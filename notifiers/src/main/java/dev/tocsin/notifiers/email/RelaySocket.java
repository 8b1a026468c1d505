package dev.tocsin.notifiers.email;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The connection to a relay as the mail library sees it: dialled and secured as all that goes out, with bounded replies and
 * a name that is never looked up again. For one thread; any may close the connection below it.
 */
final class RelaySocket extends Socket {
    /** The most that a relay may say before it is spoken to again, in bytes. */
    static final int MAX_REPLY = 64 << 10;

    private final String host;
    private final Handshake handshake;
    private Socket below;
    private int said;

    /** Shakes hands over a connection and gives back the secured one. */
    interface Handshake {
        Socket over(Socket plain) throws IOException;
    }

    /** @param below connected */
    RelaySocket(Socket below, String host, Handshake handshake) {
        this.below = below;
        this.host = host;
        this.handshake = handshake;
    }

    /** From now on streams are encrypted. */
    void secure() throws IOException {
        below = handshake.over(below);
        said = 0;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(below.getInputStream()) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                heard(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                heard(Math.max(0, read));
                return read;
            }
        };
    }

    private void heard(int bytes) throws IOException {
        said += bytes;
        if (said > MAX_REPLY) {
            throw new SmtpException("too long a reply");
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(below.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                said = 0;
                out.write(bytes, from, length);
            }
        };
    }

    @Override
    public InetAddress getInetAddress() {
        try {
            return InetAddress.getByAddress(host, below.getInetAddress().getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("the address of a connection has a right length", e);
        }
    }

    @Override
    public int getPort() {
        return below.getPort();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
