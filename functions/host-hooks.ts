import { app } from "@azure/functions";
import { flushTelemetry } from "../src/composition.ts";

// Streaming would open a second HTTP server on all interfaces; no answer of this app is large enough to need it.
app.setup({ enableHttpStream: false });

app.hook.appTerminate(() => flushTelemetry());
