import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("listConnections", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/connections",
  handler: (request, context) => answer("connections", request, context),
});
