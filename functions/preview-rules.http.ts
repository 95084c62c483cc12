import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("previewRules", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/rules/preview",
  handler: (request, context) => answer("preview", request, context),
});
