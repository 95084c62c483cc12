import { app } from "@azure/functions";
import { getHistory } from "../src/composition.ts";

app.http("getHistory", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/history",
  handler: (request, context) => getHistory(request, context),
});
