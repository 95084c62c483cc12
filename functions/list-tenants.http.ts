import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("listTenants", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/tenants",
  handler: (request, context) => answer("tenants", request, context),
});
