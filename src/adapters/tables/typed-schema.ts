import { z } from "zod";

/**
 * The schemas of an object's members: every member that must be there has one, one that may be missing has one where
 * the program computes with it.
 */
export type MemberSchemas<T> = {
  readonly [Name in keyof T as undefined extends T[Name] ? never : Name]: z.ZodType<T[Name]>;
} & { readonly [Name in keyof T as undefined extends T[Name] ? Name : never]?: z.ZodType<T[Name] | undefined> };

/**
 * Makes a schema for a type of the domain that stays the source of truth: a member added, renamed or retyped there is a
 * compile error here.
 *
 * Members without a schema are kept as they are, so that rows of a newer version survive an older one.
 */
export function objectOf<T extends object>(members: MemberSchemas<T>): z.ZodType<T> {
  const checked = z.looseObject(members);
  return z.custom<T>((value) => checked.safeParse(value).success);
}

/** Makes a schema for a union of literals; a literal added or removed in the domain is a compile error here. */
export function oneOf<T extends string>(literals: Readonly<Record<T, true>>): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === "string" && Object.hasOwn(literals, value));
}

/** The schemas of a union's variants by the literal that tells them apart. */
export type VariantSchemas<T, Tag extends keyof T> = {
  readonly [Literal in T[Tag] & string]: z.ZodType<Variant<T, Tag, Literal>>;
};

type Variant<T, Tag extends keyof T, Literal> = T extends unknown ? (Literal extends T[Tag] ? T : never) : never;

/** Makes a schema for a union; a variant added or removed in the domain is a compile error here. */
export function variantOf<T extends object, Tag extends keyof T>(
  tag: Tag,
  variants: VariantSchemas<T, Tag>,
): z.ZodType<T> {
  const schemas = new Map<unknown, z.ZodType>(Object.entries(variants));
  return z.custom<T>((value) => {
    const literal: unknown = typeof value === "object" && value !== null ? Reflect.get(value, tag) : undefined;
    return schemas.get(literal)?.safeParse(value).success === true;
  });
}
