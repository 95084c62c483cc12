import { app } from "@azure/functions";
import { listAlerts } from "../src/composition.ts";

app.http("listAlerts", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/alerts",
  handler: (request, context) => listAlerts(request, context),
});
