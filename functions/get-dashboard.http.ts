import { app } from "@azure/functions";
import { getDashboard } from "../src/composition.ts";

app.http("getDashboard", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "dashboard/{*asset}",
  handler: (request, context) => getDashboard(request, context),
});
