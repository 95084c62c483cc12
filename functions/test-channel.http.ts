import { app } from "@azure/functions";
import { testChannel } from "../src/composition.ts";

app.http("testChannel", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/channels/{name}/test",
  handler: (request, context) => testChannel(request, context),
});
