import { app } from "@azure/functions";
import { getDeadlines } from "../src/composition.ts";

app.http("getDeadlines", {
  methods: ["GET"],
  authLevel: "function",
  route: "v1/deadlines.ics",
  handler: (request, context) => getDeadlines(request, context),
});
