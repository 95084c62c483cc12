/** Gets access tokens for the Graph of one tenant. */
export interface TokenProvider {
  /**
   * Returns a token, from the cache while one is valid; never throws for what the identity provider or the network does.
   *
   * @param refused A token that Graph has just refused: the answer is a newer one where the provider has any way to get it.
   */
  readonly getToken: (refused?: string) => Promise<TokenOutcome>;
}

/** A token, or a named reason why there is none; texts of the identity provider are never part of it. */
export type TokenOutcome =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "failed";
      /** `unauthorized`: the credential is refused or unusable. `unavailable`: the same call may succeed later. */
      readonly reason: "unauthorized" | "unavailable";
      /** What to do about it in words safe to show; at most 256 characters. */
      readonly detail?: string;
    };
