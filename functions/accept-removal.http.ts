import { app } from "@azure/functions";
import { answer } from "../src/composition.ts";

app.http("acceptRemoval", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}",
  handler: (request, context) => answer("acceptRemoval", request, context),
});
