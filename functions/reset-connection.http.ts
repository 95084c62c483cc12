import { app } from "@azure/functions";
import { resetConnection } from "../src/composition.ts";

app.http("resetConnection", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}/reset",
  handler: (request, context) => resetConnection(request, context),
});
