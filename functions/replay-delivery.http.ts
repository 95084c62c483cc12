import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("replayDelivery", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/deliveries/{id}/replay",
  handler: (request, context) => answer("replayDelivery", request, context),
});
