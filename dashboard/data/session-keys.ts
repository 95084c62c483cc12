/** The keys that a person has entered. */
export interface Keys {
  readonly functionKey: string;
  /** Empty when only reading is wanted. */
  readonly writeKey: string;
}

/** Where keys and a person's name are kept: until the tab is closed, and never in an address. */
type SessionStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const FUNCTION_KEY = "monitor.functionKey";
const WRITE_KEY = "monitor.writeKey";
const PERSON = "monitor.person";

/** Reads the keys of this session; undefined when none were entered. */
export function readKeys(store: SessionStore): Keys | undefined {
  const functionKey = store.getItem(FUNCTION_KEY);
  return functionKey === null ? undefined : { functionKey, writeKey: store.getItem(WRITE_KEY) ?? "" };
}

/** Keeps keys for this session. */
export function keepKeys(store: SessionStore, { functionKey, writeKey }: Keys): void {
  store.setItem(FUNCTION_KEY, functionKey);
  store.setItem(WRITE_KEY, writeKey);
}

/** Forgets what was entered. */
export function forgetKeys(store: SessionStore): void {
  for (const name of [FUNCTION_KEY, WRITE_KEY, PERSON]) store.removeItem(name);
}

/** Reads the name under which this person writes. */
export function readPerson(store: SessionStore): string {
  return store.getItem(PERSON) ?? "";
}

/** Keeps the name under which this person writes. */
export function keepPerson(store: SessionStore, person: string): void {
  store.setItem(PERSON, person);
}
