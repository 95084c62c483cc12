import { app } from "@azure/functions";
import { requestPoll } from "../src/composition.ts";

app.http("requestPoll", {
  methods: ["POST"],
  authLevel: "function",
  route: "v1/polls",
  handler: (request, context) => requestPoll(request, context),
});
