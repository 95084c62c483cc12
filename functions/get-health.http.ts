import { app } from "@azure/functions";
import { getHealth } from "../src/composition.ts";

app.http("getHealth", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "v1/health",
  handler: (request, context) => getHealth(request, context),
});
