package dev.tocsin.notifiers.msteamsv2;

import dev.tocsin.notifiers.CardNotifier;
import dev.tocsin.notifiers.json.GoJson;
import dev.tocsin.notifiers.payload.Rendering;

/** The adaptive card of a Microsoft Teams workflow (notifiers contract section 1.14). Immutable; safe for all threads. */
record MsTeamsV2Card(MsTeamsV2Config config) implements CardNotifier.Card {
    @Override
    public byte[] body(Rendering rendering) {
        GoJson json = new GoJson().openObject();
        json.text("type", "message");
        json.name("attachments").openList().openObject();
        json.text("contentType", "application/vnd.microsoft.card.adaptive");
        json.name("contentUrl").any(null);
        json.name("content").openObject();
        json.text("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.text("type", "AdaptiveCard");
        json.text("version", "1.2");
        json.name("body").openList();
        heading(json, rendering);
        json.openObject();
        json.text("type", "TextBlock");
        json.text("text", rendering.text(config.text()));
        json.name("wrap").bool(true);
        json.closeObject().closeList();
        json.name("msteams").openObject().text("width", "full").closeObject();
        return json.closeObject().closeObject().closeList().closeObject().line();
    }

    private void heading(GoJson json, Rendering rendering) {
        json.openObject();
        json.text("type", "TextBlock");
        json.text("text", rendering.text(config.title()));
        json.text("weight", "Bolder");
        json.text("size", "Medium");
        json.name("wrap").bool(true);
        json.text("style", "heading");
        json.text("color", rendering.data().firing() ? "Attention" : "Good");
        json.closeObject();
    }
}
