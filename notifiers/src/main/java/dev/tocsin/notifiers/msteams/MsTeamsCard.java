package dev.tocsin.notifiers.msteams;

import dev.tocsin.notifiers.CardNotifier;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;

/** The card of a Microsoft Teams connector (notifiers contract section 1.13). Immutable; safe for all threads. */
record MsTeamsCard(MsTeamsConfig config) implements CardNotifier.Card {
    @Override
    public byte[] body(Rendering rendering) {
        GoJson json = new GoJson().openObject();
        json.text("@context", "http://schema.org/extensions");
        json.text("type", "MessageCard");
        json.text("title", rendering.text(config.title()));
        json.text("summary", rendering.text(config.summary()));
        json.text("text", rendering.text(config.text()));
        json.text("themeColor", rendering.data().firing() ? "8C1A1A" : "2DC72D");
        return json.closeObject().line();
    }
}
