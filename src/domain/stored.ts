/** A stored value with the ETag that guards its next write. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}
