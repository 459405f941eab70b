import t from 'tap';
import type { Policy } from '../../../harness/model/index.ts';
import type { EdgeUnderTest } from './contract.ts';

/** A limit for each subject that one client can meet at once, and that is out of the way of everybody else. */
export const eachSubject = (requestsPerSecond: number, burst: number): Policy['rateLimits'] => [
  { id: 'each-subject', per: 'subject', requestsPerSecond, burst },
];

export type Flood = {
  /** How many requests of one subject are sent at once, from as many addresses as they claim. */
  readonly asked: number;
  /** How many of them may pass where sending took so long. */
  readonly passes: (seconds: number) => readonly [least: number, most: number];
  /** What the log says of one that was limited. */
  readonly logged?: object;
};

/** A subject past its limit gets 429, and another one does not. */
export const limitsEachSubject = (edge: EdgeUnderTest, { asked, passes, logged = {} }: Flood): void => {
  t.test('a subject past its rate limit gets 429, another one does not', async (t) => {
    const { authority } = edge.running;
    const token = authority.token({ subject: 'flora', claims: {} });
    const startedMs = performance.now();
    const answers = await Promise.all(
      Array.from({ length: asked }, (_, i) =>
        edge.outside('GET', '/catalogue/7', token, [['X-Forwarded-For', `203.0.113.${i % 256}`]]),
      ),
    );
    const [least, most] = passes((performance.now() - startedMs) / 1000);
    const passed = answers.filter(({ status }) => status === 200);
    t.ok(passed.length >= least && passed.length <= most, `${passed.length} of ${asked} passed: ${least} to ${most}`);
    const refused = answers.filter(({ status }) => status === 429);
    t.ok(refused.length > 0);
    t.equal(refused.length, asked - passed.length, answers.map(({ status }) => status).join(' '));
    for (const { id } of refused.slice(0, 3))
      t.strictSame(await edge.seenBy(id), [], 'what is limited goes no further');
    t.match(await edge.logged(refused[0]!.id), logged);
    const other = authority.token({ subject: 'bob', claims: {} });
    t.equal((await edge.outside('GET', '/catalogue/7', other)).status, 200);
  });
};
