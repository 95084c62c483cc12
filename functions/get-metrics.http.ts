import { app } from "@azure/functions";
import { getMetrics } from "../src/composition.ts";

app.http("getMetrics", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/metrics",
  handler: (request, context) => getMetrics(request, context),
});
