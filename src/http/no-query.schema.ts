import { z } from "zod";

/** The query of a route that takes no parameter. */
export const noQuerySchema = z.strictObject({});
