import { v5 } from 'uuid';

/** The name space of everything that Holdfast names by a UUID. */
const holdfast = v5('https://holdfast.dev/ns', v5.URL);

/** A UUID (version 5, RFC 9562) from what a thing is: the same thing has the same one on any machine, at any time. */
export const uuidOf = (...names: readonly string[]): string => v5(JSON.stringify(names), holdfast);
