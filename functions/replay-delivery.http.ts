import { app } from "@azure/functions";
import { replayDelivery } from "../src/composition.ts";

app.http("replayDelivery", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/deliveries/{id}/replay",
  handler: (request, context) => replayDelivery(request, context),
});
