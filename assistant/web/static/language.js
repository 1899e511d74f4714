// Gradio takes the language of its own messages from the browser; this page is in Dutch.
Object.defineProperty(navigator, "language", { get: () => "nl" });
Object.defineProperty(navigator, "languages", { get: () => ["nl"] });
