import { app } from "@azure/functions";
import { pollTenant } from "../src/composition.ts";

app.storageQueue("pollTenant", {
  queueName: "poll-requests",
  connection: "AzureWebJobsStorage",
  handler: (message, context) => pollTenant(message, context),
});
