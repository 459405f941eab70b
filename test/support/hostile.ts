import type { Report } from '../../harness/model/index.ts';

/** What an attacker might put into a path, a header or a name: markup, terminal escapes, links, mentions, ends of things. */
export const hostile =
  '</script></style></title><img src=x onerror=alert(1)>"\'`><svg/onload=alert(1)>&lt;\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u2066\u200b\u2028\u2029<!--\n-->' +
  '| [x](javascript:alert(1)) ![y](https://evil.test/z) @octocat #1 `` ` *_~ ]]> {0} \\ \ufffe\uffff\ud800 \r# EOF %0a';
/** The same shape, and nothing in it. */
export const harmless = 'x\nx';

const openRecords = new Set(['phases', 'latencyMs', 'indeterminateReasons', 'versions', 'digests', 'packets']);

/** A report with a text added to every string in it, and to every name that comes from outside. */
export const poisoned = (report: Report, text: string): Report => poison(report, text) as Report;

const poison = (value: unknown, text: string, name = ''): unknown => {
  // A code is no text: what stands beside it is.
  if (name === 'code' || name === 'observer') return value;
  if (typeof value === 'string') return value + text;
  if (Array.isArray(value)) return value.map((each) => poison(each, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [openRecords.has(name) ? key + text : key, poison(each, text, key)]),
  );
};
