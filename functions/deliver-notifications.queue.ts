import { app } from "@azure/functions";
import { deliverNotifications } from "../src/composition.ts";

app.storageQueue("deliverNotifications", {
  queueName: "delivery-requests",
  connection: "AzureWebJobsStorage",
  handler: (message, context) => deliverNotifications(message, context),
});
