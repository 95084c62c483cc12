import { app } from "@azure/functions";
import { silences } from "../src/composition.ts";

app.http("silences", {
  methods: ["GET", "POST"],
  authLevel: "function",
  route: "v1/silences",
  handler: (request, context) => silences(request, context),
});
