import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("requestPoll", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/polls",
  handler: (request, context) => answer("requestPoll", request, context),
});
