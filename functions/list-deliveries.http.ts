import { app } from "@azure/functions";
import { listDeliveries } from "../src/composition.ts";

app.http("listDeliveries", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/deliveries",
  handler: (request, context) => listDeliveries(request, context),
});
