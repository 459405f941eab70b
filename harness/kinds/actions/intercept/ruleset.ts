/** Where traffic goes, and where it is to go instead; addresses are IPv4. */
export type Diversion = {
  readonly callee: string;
  readonly calleePort: number;
  readonly interceptor: string;
  readonly interceptorPort: number;
};

/** Interceptors listen on ports of this range, which lies below those that a kernel gives to outgoing connections (from 32768). */
export const firstPort = 21_000;
export const lastPort = 21_999;

const gone =
  'add table ip holdfast; delete table ip holdfast; add table ip holdfast_ended; delete table ip holdfast_ended';

// A reset itself must pass: it is how the other side learns that a connection has ended.
const refuse = 'tcp flags & rst != rst reject with tcp reset';

/**
 * Takes the callee's address over, in one transaction. Only openings are diverted; whatever still goes to the callee belongs to
 * a connection from before and is reset, so that everything moves over at once. The translation comes first (priority −100), so
 * diverted packets no longer carry the callee's address when the filter sees them.
 */
export const takeOver = ({ callee, calleePort, interceptor, interceptorPort }: Diversion): string =>
  [
    gone,
    'add table ip holdfast',
    'add chain ip holdfast divert { type nat hook output priority -100; }',
    `add rule ip holdfast divert ip daddr ${callee} tcp dport ${calleePort} tcp flags & (fin|syn|rst|ack) == syn dnat to ${interceptor}:${interceptorPort}`,
    'add chain ip holdfast refuse { type filter hook output priority 0; }',
    `add rule ip holdfast refuse ip daddr ${callee} tcp dport ${calleePort} ${refuse}`,
  ].join('; ');

/**
 * Gives the address back: nothing more goes to the interceptor's listeners. Idempotent. The caller may itself be the callee of
 * another hop that the same interceptor passes on to: its answers there go to an outgoing port, and must arrive.
 */
export const giveBack = ({ interceptor }: Diversion): string =>
  [
    gone,
    'add table ip holdfast_ended',
    'add chain ip holdfast_ended refuse { type filter hook output priority 0; }',
    `add rule ip holdfast_ended refuse ip daddr ${interceptor} tcp dport ${firstPort}-${lastPort} ${refuse}`,
  ].join('; ');

/** Leaves nothing of ours. Idempotent. */
export const leaveNothing = gone;
