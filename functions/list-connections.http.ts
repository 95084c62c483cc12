import { app } from "@azure/functions";
import { listConnections } from "../src/composition.ts";

app.http("listConnections", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/connections",
  handler: (request, context) => listConnections(request, context),
});
