package dev.tocsin.it.support;

/** Configurations that several tests share. */
public final class Configs {
    private Configs() {}

    /** One webhook receiver with short intervals; groups by alertname and instance. */
    public static String webhook(Sink sink, String groupWait, String groupInterval, String repeatInterval) {
        return """
                route:
                  receiver: pager
                  group_by: [alertname, instance]
                  group_wait: %s
                  group_interval: %s
                  repeat_interval: %s
                receivers:
                  - name: pager
                    webhook_configs:
                      - url: %s
                """.formatted(groupWait, groupInterval, repeatInterval, sink.url("/pager"));
    }

    /** A receiver that sends nothing. */
    public static final String SILENT = """
            route:
              receiver: nobody
            receivers:
              - name: nobody
            """;

    /** A JSON array of {@code count} firing alerts: {@code alertname=name}, {@code instance=prefix0 …}. */
    public static String alerts(String name, String instancePrefix, int first, int count) {
        StringBuilder body = new StringBuilder("[");
        for (int i = first; i < first + count; i++) {
            if (i > first) {
                body.append(',');
            }
            body.append("{\"labels\":{\"alertname\":\"").append(name);
            body.append("\",\"instance\":\"").append(instancePrefix).append(i).append("\"}}");
        }
        return body.append(']').toString();
    }
}
