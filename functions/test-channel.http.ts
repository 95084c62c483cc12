import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("testChannel", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/channels/{name}/test",
  handler: (request, context) => answer("testChannel", request, context),
});
