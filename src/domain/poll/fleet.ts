/**
 * The pseudo-tenant under which the monitor keeps watch over itself: all tenants together, each one from outside, and the
 * channels. It stands wherever a tenant id does.
 */
export const FLEET = "fleet";

/** What it is called in messages and on the page. */
export const FLEET_NAME = "Fleet";
