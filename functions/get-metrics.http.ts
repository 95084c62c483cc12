import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getMetrics", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/metrics",
  handler: (request, context) => answer("metrics", request, context),
});
