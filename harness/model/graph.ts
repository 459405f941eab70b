/** Who calls whom: a hop as the call graph knows it. */
export type Link = { readonly from: string; readonly to: string };

/** The members that nobody calls: in a stack the edge alone. */
const entriesOf = (links: readonly Link[]): readonly string[] =>
  [...new Set(links.map(({ from }) => from))].filter((member) => !links.some(({ to }) => to === member));

/** The members themselves, and all that is reached from them, nearest first. Pure. */
export const reachedFrom = (links: readonly Link[], from: readonly string[]): ReadonlySet<string> => {
  const reached = new Set(from);
  // A set that grows while it is walked is walked to its new end.
  for (const member of reached) for (const link of links) if (link.from === member) reached.add(link.to);
  return reached;
};

/** What is lost when some links are: all that was reached from the entry over them, and in no other way. */
const lostWithout = (links: readonly Link[], kept: readonly Link[]): ReadonlySet<string> => {
  const entries = entriesOf(links);
  const left = reachedFrom(kept, entries);
  return new Set([...reachedFrom(links, entries)].filter((member) => !left.has(member)));
};

/** The members that a request reaches over this hop alone. Empty where another way leads to its callee. Pure. */
export const reachedOnlyOver = (links: readonly Link[], hop: Link): ReadonlySet<string> =>
  lostWithout(
    links,
    links.filter(({ from, to }) => from !== hop.from || to !== hop.to),
  );

/** A member, and those that a request reaches through it alone: who of them saw a request shows that the member let it pass. Pure. */
export const reachedOnlyThrough = (links: readonly Link[], member: string): ReadonlySet<string> =>
  new Set([
    member,
    ...lostWithout(
      links,
      links.filter(({ from, to }) => from !== member && to !== member),
    ),
  ]);

/** Does a SPIFFE ID, as a sidecar wrote it down, name this member? Null where nobody was named. */
export const namesMember = (peer: string | null, member: string): boolean => peer?.split('/').at(-1) === member;
