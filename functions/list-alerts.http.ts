import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("listAlerts", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/alerts",
  handler: (request, context) => answer("alerts", request, context),
});
