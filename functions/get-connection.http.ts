import { app } from "@azure/functions";
import { getConnection } from "../src/composition.ts";

app.http("getConnection", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}",
  handler: (request, context) => getConnection(request, context),
});
