import { z } from 'zod';

/** What an edge did to a request, as its own log has it; null where the log does not say. */
export type EdgeDid = 'allow' | 'deny' | null;

/** A request that an edge answered, as its log has it. */
export type EdgeLine = {
  /** When it arrived, seconds since the epoch. */
  readonly at: number;
  /** The header `x-holdfast-id`; empty where it had none. */
  readonly id: string;
  /** The status of the answer; 0 where there was none. */
  readonly status: number;
  /** Why it was answered so, in words of the product: to be shown, not to be judged by. */
  readonly reason: string;
  readonly did: EdgeDid;
};

/** How the log of a product is read: `log` of `fixtures/products/<id>/log.ts`. Pure. */
export type LogReader = {
  /** What an object of the log says of a request; null where it cannot be read. `rules`: ids of the rules of the policy. */
  readonly read: (entry: unknown, rules: ReadonlySet<string>) => EdgeLine | null;
  /** Lines that the product writes beside those of requests, and that are no JSON. */
  readonly beside?: RegExp | undefined;
};

const commonSchema = z.object({
  /** Seconds since the epoch, at which the request arrived; or, where `took` is given, at which it ended. */
  at: z.coerce.number().positive(),
  /** Seconds. */
  took: z.coerce.number().nonnegative().default(0),
  id: z.string().nullish(),
  status: z.number(),
  flags: z.string().nullish(),
  reason: z.string().nullish(),
});

/** A line in the form that an edge is asked to log in (fixtures/products/README.md). */
export type CommonLine = z.infer<typeof commonSchema>;

/** What stands for a field that is empty, in logs that cannot leave it out. */
const empty = '-';

/** Words of a log, joined; without those that stand for nothing. */
export const reasonOf = (...words: readonly (string | null | undefined)[]): string =>
  words.filter((word) => word && word !== empty).join(' ');

/** Reads a log in the common form. `did`: what a line says that the edge did, which differs from product to product. */
export const commonLog = (did: (line: CommonLine, rules: ReadonlySet<string>) => EdgeDid): LogReader => ({
  read: (entry, rules) => {
    const line = commonSchema.safeParse(entry).data;
    if (line === undefined) return null;
    const { at, took, id, status, flags, reason } = line;
    return { at: at - took, id: id ?? '', status, reason: reasonOf(flags, reason), did: did(line, rules) };
  },
});

/** The log of an edge of which no product is known: when requests arrived, and not what was done to them. */
export const plainLog: LogReader = commonLog(() => null);

/** Does a log name a rule of the policy, as the reason why a request was let in? Several stand behind commas. */
export const namesRule = (words: string, rules: ReadonlySet<string>): boolean =>
  words.split(',').some((word) => rules.has(word));
