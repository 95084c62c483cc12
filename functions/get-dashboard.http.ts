import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getDashboard", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "dashboard/{*asset}",
  handler: (request, context) => answer("dashboard", request, context),
});
