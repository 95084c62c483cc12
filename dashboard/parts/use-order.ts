import type { Order, Outcome } from "../data/create-client.ts";
import { useSession } from "../data/session.ts";

/** Returns how to carry out an order: what came of it is said, and all that is shown is read again. */
export function useOrder(): (order: Order, done: string) => Promise<Outcome> {
  const { client, store, announce } = useSession();
  return async (order, done) => {
    const outcome = await client.write(order);
    if (outcome.kind === "done") {
      announce(done);
      void store.refresh();
    }
    return outcome;
  };
}
