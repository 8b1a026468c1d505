package dev.tocsin.core.group;

import dev.tocsin.core.alert.Alert;
import dev.tocsin.core.label.LabelSet;
import dev.tocsin.core.label.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of alerts in notifications and groups: by {@code job}, then by {@code instance}, alerts without the label
 * last, then by the whole label set (contract section 5.2).
 */
public final class AlertOrder implements Comparator<Alert> {
    @Override
    public int compare(Alert a, Alert b) {
        LabelSet x = a.labels();
        LabelSet y = b.labels();
        int order = compare(x.find("job"), y.find("job"));
        if (order == 0) {
            order = compare(x.find("instance"), y.find("instance"));
        }
        return order == 0 ? x.compareTo(y) : order;
    }

    private static int compare(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        return Utf8Order.compare(a, b);
    }
}
