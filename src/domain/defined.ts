/** The properties of an object that have a value: each one may be absent, none is undefined. */
export type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Returns the properties that have a value, to be spread into an object whose optional properties may not be undefined. */
export function defined<T extends object>(properties: T): Defined<T>;
/** Holds for any object; the form above gives it its type. */
export function defined(properties: object): object {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** Changes every value of a record and leaves its keys. */
export function mapValues<T>(
  values: Readonly<Partial<Record<string, T>>>,
  change: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, change(value)]])),
  );
}
