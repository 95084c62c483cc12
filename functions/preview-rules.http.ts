import { app } from "@azure/functions";
import { previewRules } from "../src/composition.ts";

app.http("previewRules", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/rules/preview",
  handler: (request, context) => previewRules(request, context),
});
