import { app } from "@azure/functions";
import { listTenants } from "../src/composition.ts";

app.http("listTenants", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/tenants",
  handler: (request, context) => listTenants(request, context),
});
