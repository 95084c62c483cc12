import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("listDeliveries", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/deliveries",
  handler: (request, context) => answer("deliveries", request, context),
});
