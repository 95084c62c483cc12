import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getHistory", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/history",
  handler: (request, context) => answer("history", request, context),
});
