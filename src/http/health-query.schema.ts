import { z } from "zod";

/** The query of GET v1/health, which takes no parameter. */
export const healthQuerySchema = z.strictObject({});
