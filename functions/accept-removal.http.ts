import { app } from "@azure/functions";
import { acceptRemoval } from "../src/composition.ts";

app.http("acceptRemoval", {
  methods: ["DELETE"],
  authLevel: "function",
  route: "v1/connections/{connectionKey}",
  handler: (request, context) => acceptRemoval(request, context),
});
