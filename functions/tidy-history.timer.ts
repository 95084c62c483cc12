import { app } from "@azure/functions";
import { tidyHistory } from "../src/composition.ts";

app.timer("tidyHistory", {
  schedule: "0 17 3 * * *",
  handler: (_timer, context) => tidyHistory(context),
});
