package dev.tocsin.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** Hears what is typed while the story is told; a thread of its own reads. */
final class Keyboard {
    private Keyboard() {}

    /** Runs {@code action} at each line that says {@code key}, until the input ends. */
    static void listen(InputStream input, String key, Runnable action) {
        Thread.ofPlatform().name("keyboard").daemon().start(() -> read(input, key, action));
    }

    private static void read(InputStream input, String key, Runnable action) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.strip().equalsIgnoreCase(key)) {
                    action.run();
                }
            }
        } catch (IOException e) {
            // nobody types any more
        }
    }
}
