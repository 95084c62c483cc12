import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("silences", {
  methods: ["GET", "POST"],
  authLevel: "function",
  route: "v1/silences",
  handler: (request, context) => answer("silences", request, context),
});
