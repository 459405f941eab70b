/**
 * Changes that are made to a stack while it runs, between the first phase and the second, as somebody in a hurry would make them:
 * files of its configuration first (`overlay`, absolute folder, or null), and then the steps in their order.
 */
export type ByHand = { readonly overlay: string | null; readonly steps: readonly HandStep[] };

/** A program that is run in the container of a compose service, or the restart of that container. */
export type HandStep =
  { readonly service: string; readonly exec: readonly string[] } | { readonly service: string; readonly restart: true };
