import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("resetConnection", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}/reset",
  handler: (request, context) => answer("resetConnection", request, context),
});
