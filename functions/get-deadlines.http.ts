import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("getDeadlines", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/deadlines.ics",
  handler: (request, context) => answer("deadlines", request, context),
});
