import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getHealth", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "v1/health",
  handler: (request, context) => answer("health", request, context),
});
