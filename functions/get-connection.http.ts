import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getConnection", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}",
  handler: (request, context) => answer("connection", request, context),
});
