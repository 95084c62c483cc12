import { app } from "@azure/functions";
import { schedulePolls } from "../src/composition.ts";

app.timer("schedulePolls", {
  schedule: "%POLL_SCHEDULE%",
  handler: (_timer, context) => schedulePolls(context),
});
