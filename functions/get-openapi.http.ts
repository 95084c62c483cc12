import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getOpenapi", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "v1/openapi.json",
  handler: (request, context) => answer("openapi", request, context),
});
