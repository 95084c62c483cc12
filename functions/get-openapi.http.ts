import { app } from "@azure/functions";
import { getOpenapi } from "../src/composition.ts";

app.http("getOpenapi", {
  methods: ["GET"],
  authLevel: "anonymous",
  route: "v1/openapi.json",
  handler: (request, context) => getOpenapi(request, context),
});
