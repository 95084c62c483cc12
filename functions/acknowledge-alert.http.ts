import { app } from "@azure/functions";
import { acknowledgeAlert } from "../src/composition.ts";

app.http("acknowledgeAlert", {
  methods: ["PUT", "DELETE"],
  authLevel: "function",
  route: "v1/alerts/{alertKey}/acknowledgement",
  handler: (request, context) => acknowledgeAlert(request, context),
});
