import { app } from "@azure/functions";
import { endSilence } from "../src/composition.ts";

app.http("endSilence", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "v1/silences/{id}",
  handler: (request, context) => endSilence(request, context),
});
