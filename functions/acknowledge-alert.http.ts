import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("acknowledgeAlert", {
  methods: ["PUT", "DELETE"],
  authLevel: "function",
  route: "v1/alerts/{alertKey}/acknowledgement",
  handler: (request, context) => answer("acknowledgement", request, context),
});
