import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("endSilence", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "v1/silences/{id}",
  handler: (request, context) => answer("endSilence", request, context),
});
